/** What one text says otherwise than another, word by word; marked for eyes and for screen readers. */
import { diffWordsWithSpace } from 'diff'

export function Difference({ from, to }: { from: string; to: string }) {
  return (
    <p className="difference">
      {diffWordsWithSpace(from, to).map((part, index) => {
        // The parts of one comparison have no other name than their place.
        const key = `${index} ${part.value}`
        if (part.added) return <ins key={key}>{part.value}</ins>
        if (part.removed) return <del key={key}>{part.value}</del>
        return <span key={key}>{part.value}</span>
      })}
    </p>
  )
}
