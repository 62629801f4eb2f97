import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carrierAnswers, meaningOf } from './meaning.ts'

const says = (text: string) => meaningOf(text).meaning

/** Nothing else is in these: they are withdrawals as the carrier's own words are. */
const plainRequests = `
STOP · stop ·  Stop.  · "stop" · STOPALL · Unsubscribe · cancel · END · quit · revoke · opt out · Opt-Out · OPTOUT
remove me · ALTO · ¡Basta! · parar · ＳＴＯＰ · opt  out · Please stop · stop please · Stop all messages · STOP ALL
no more texts please · Stop texting me · please stop texting me · Stop sending me messages · stop messages
Can you stop texting me? · Could you please stop sending me texts? · stop it · Please stop now · Ok stop
No more messages · no more · Do not text me again · Don’t text me · dont contact me · never message me again
Cancel all texts · end these messages · I want to opt out · opt me out · Please unsubscribe · Leave me alone
Delete my number · stop these updates · quit texting me · no more reminders · I said stop · STOP!!! · stop 🛑
No más mensajes · no mas · Por favor paren · Basta de mensajes · cancelar mensajes · pare · dar de baja · Alto por favor
`

/** Among other words: silence, and a person looks at once. */
const phrases = `
I don’t want to receive these messages · I no longer want to receive these messages · don't send me any more messages
take me off your list · Please take me off this texting list · unsubscribe me from this · Wrong number, stop texting me
I asked you three times to stop texting me, this is harassment · Stop. I have had enough of this.
You people need to stop sending me texts at night · I do not consent to text messages · I don't want texts from you
Don't text me, call me · do not text me at work · Remove my number from your system · I revoke my consent to be contacted
How do I stop these texts? · how do I unsubscribe · I want to opt out of these texts · My lawyer said you must stop contacting me
I told you never to stop by, and to quit texting me · No me envíen más mensajes · dejen de mandar mensajes
Por favor dejen de escribirme, ya tengo otro abogado · Ya no quiero recibir mensajes de ustedes · No me escriban más a este número
Quítenme de su lista, gracias · no quiero más textos · No deseo recibir sus mensajes · Thanks but please stop sending these messages
I said don’t text me any more messages · Why won't you stop texting me · Please no more texts, I changed my number
`

const ordinary = `
I can't make it Tuesday · Can we stop by the office? · Please do not cancel my hearing · yes I will be there
The bus stop is closed · When does this end? · Did you get my message? · no puedo ir el martes · help me understand
I want to stop smoking · They will not remove the lien · I never get your messages, please call me
I don't get this, call me · Did they stop sending the medical bills? · Don't send me the papers by mail, I'll pick them up
Why did you stop texting me? · Please don't stop sending me updates · Never stop texting me, I like it
The adjuster won't stop contacting me · Tell them to stop texting me · My ex won't stop texting me · Stop payment on the check
Don't call me, text me · Stop calling me, send a text instead · Should we opt out of the settlement? · I can't stop crying
Can I cancel the appointment on Friday? · Cancel my deposition · Cancel. I can't come on Tuesday · The pain won't stop
Should I stop taking the pills? · I did not receive your text · Did you send me a text? · Why don't you text me when it is done
Don't forget to text me · I don't want to go to court · I do not need a ride · He said he would quit his job
I quit my job last week · The case should end soon · Can you remove me from the lease? · Please revoke the power of attorney
I want to revoke my consent to the medical release · I opted for the first one · No · no thanks · Ok · Thanks · 👍
Did you stop sending me texts? I got none this month · If you stop sending updates I will worry · I got a text from the court, what now?
No me llegan sus mensajes, llámenme · No me manden los papeles por correo, yo paso · ¿Dejaron de mandar las facturas?
No dejen de enviarme mensajes · Quiero parar el juicio · Voy a parar en la oficina · ¿Para cuándo? · No puedo
I don't want messages from the insurance company, can you handle them? · When will you stop by? · Stop and Shop called me back
Do not stop now, we are winning · I never said that to the police · Send me no mail, only texts · No updates? · Any updates? · no messages?
`

const listed = (table: string) => table.trim().split(/\s*(?:·|\n)\s*/)

describe('what a text asks of us', () => {
  it.each(listed(plainRequests))('to stop, and nothing else: %s', (text) =>
    expect(meaningOf(text)).toEqual({ meaning: 'stop', sure: true }),
  )

  it.each(listed(phrases))('to stop, for a person to look at: %s', (text) => expect(says(text)).toBe('stop'))

  it.each(['', ...listed(ordinary)])('just a text: %s', (text) => expect(says(text)).toBe('text'))

  it('has tables worth the name', () => {
    expect(listed(plainRequests).length + listed(phrases).length).toBeGreaterThan(80)
    expect(listed(phrases).filter((text) => !meaningOf(text).sure).length).toBeGreaterThan(25)
    expect(listed(ordinary).length).toBeGreaterThan(60)
  })

  it.each(['START', 'unstop', 'Yes', 'sí', 'opt in'])('start: %s', (text) => expect(says(text)).toBe('start'))
  it.each(['HELP', 'info', 'Ayuda', 'help!'])('help: %s', (text) => expect(says(text)).toBe('help'))

  it('is what the carrier already did, whatever the words', () => {
    expect(meaningOf('Bonjour', 'stop')).toEqual({ meaning: 'stop', sure: true })
    expect(says('STOP')).toBe('stop')
    expect(meaningOf('STOP', 'help').meaning).toBe('help')
  })

  it('is the same in any case, with any blanks, quotes, commas and pictures between and around the words', () => {
    const sentences = fc.constantFrom(
      ...[plainRequests, phrases, ordinary]
        .flatMap((table) => listed(table))
        .filter((t) => /^[^.!?¿¡]+$/.test(t)),
    )
    const gap = fc.string({
      unit: fc.constantFrom(' ', '\n', '\t', ',', '"', '-', '🙏'),
      minLength: 1,
      maxLength: 4,
    })
    const end = fc.string({ unit: fc.constantFrom(' ', '.', '!', '?', '"', '\n', '…'), maxLength: 4 })
    fc.assert(
      fc.property(
        sentences,
        gap,
        end,
        end,
        fc.array(fc.boolean(), { minLength: 1 }),
        (text, between, before, after, upper) => {
          const cased = [...text]
            .map((c, i) => (upper[i % upper.length] ? c.toUpperCase() : c.toLowerCase()))
            .join('')
          expect(meaningOf(before + cased.replaceAll(' ', between) + after)).toEqual(meaningOf(text))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  // If not, the test's own time limit ends it.
  it('is decided in time for a text of any length', () => {
    for (const text of ['no ', 'stop ', 'never want to text ', 'please ', 'stop sending me all the '])
      meaningOf(text.repeat(100_000 / text.length))
  })
})

describe('who answers', () => {
  it('the carrier, to its own words as the whole message; we to the others', () => {
    for (const text of ['STOP', ' stopall ', 'Unsubscribe', 'START', 'help'])
      expect(carrierAnswers(text)).toBe(true)
    for (const text of ['opt out', 'alto', 'stop texting me', 'stop.', ''])
      expect(carrierAnswers(text)).toBe(false)
  })
})
