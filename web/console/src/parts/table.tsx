/** A table of figures: the first cell of a row names it. */
import type { ReactNode } from 'react'

interface TableProps {
  title: string
  head: string[]
  rows: ReactNode[][]
  /** Its title is for screen readers alone, since a heading says it. */
  bare?: boolean
  /** The last column is words, not figures. */
  words?: boolean
}

export function Table(props: TableProps) {
  if (props.rows.length === 0) return null
  const look = `table${props.bare ? ' table-bare' : ''}${props.words ? ' table-words' : ''}`
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than a phone is scrolled by keyboard too
    <section className={look} aria-label={props.title} tabIndex={0}>
      <table>
        <caption>{props.title}</caption>
        <thead>
          <tr>
            {props.head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(([first, ...rest], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and are never moved
            <tr key={index}>
              <th scope="row">{first}</th>
              {rest.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
