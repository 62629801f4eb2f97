/** How much of everything each part of the bench has. */

/** @param quick small numbers, which show that it works; only the full ones are figures */
export const sizes = (quick: boolean) =>
  quick
    ? {
        clients: 4_000,
        run: 1_000,
        warm: 500,
        dispatchSeconds: 4,
        floors: 1,
        history: 10_000,
        pairs: 1,
        queued: 1_000,
        traces: 50,
        cms: { matters: 1_000, clients: 1_200 },
        diary: 5_000,
        due: 500,
        digests: { clients: 2_000, each: 10 },
        console: {
          clients: 4_000,
          matters: 10_000,
          messages: 20_000,
          pile: { deadLetters: 100, tasks: 100, held: 100, quarantine: 50, quality: 50, done: 1_000 },
          searches: 50,
          consoles: 10,
          seconds: 8,
        },
        reported: 20_000,
      }
    : {
        clients: 25_000,
        run: 20_000,
        warm: 2_000,
        dispatchSeconds: 30,
        floors: 2,
        history: 500_000,
        pairs: 3,
        queued: 10_000,
        traces: 300,
        cms: { matters: 50_000, clients: 60_000 },
        diary: 100_000,
        due: 10_000,
        digests: { clients: 20_000, each: 10 },
        console: {
          clients: 20_000,
          matters: 50_000,
          messages: 1_000_000,
          pile: {
            deadLetters: 2_000,
            tasks: 1_000,
            held: 2_000,
            quarantine: 300,
            quality: 1_000,
            done: 20_000,
          },
          searches: 500,
          consoles: 50,
          seconds: 120,
        },
        reported: 1_000_000,
      }
