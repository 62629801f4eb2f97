/** What differs between two texts, line by line: the fewest lines that were taken out and put in. Pure. */
export interface Line {
  kind: 'same' | 'out' | 'in'
  text: string
}

/** Longer ones would need a cleverer way than a table of all pairs; no rule comes near. */
const most = 2_000

export function lineDiff(before: string, after: string): Line[] {
  const from = linesOf(before)
  const to = linesOf(after)
  if (from.length > most || to.length > most)
    return [
      ...from.map((text): Line => ({ kind: 'out', text })),
      ...to.map((text): Line => ({ kind: 'in', text })),
    ]
  // How many lines the rests have in common, from each pair of places on.
  const common = Array.from({ length: from.length + 1 }, () => new Uint16Array(to.length + 1))
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      common[i]![j] =
        from[i] === to[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      lines.push({ kind: 'same', text: from[i]! })
      i++
      j++
    } else if (j >= to.length || (i < from.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ kind: 'out', text: from[i]! })
      i++
    } else {
      lines.push({ kind: 'in', text: to[j]! })
      j++
    }
  }
  return lines
}

/** A last line end is no line. */
const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
