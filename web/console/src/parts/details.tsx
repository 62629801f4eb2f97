/** What most people do not need, behind a click; and what came from outside, as text and nothing else. */
import { type ReactNode, useState } from 'react'

export function Details(props: { label: string; open?: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="details">
      <button type="button" className="plain-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="chevron" aria-hidden />
        {open ? (props.open ?? props.label) : props.label}
      </button>
      {open && <div className="details-body">{props.children}</div>}
    </div>
  )
}

const inText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Names and values, as they came. */
export function Values({ of }: { of: Record<string, unknown> }) {
  return (
    <dl className="values">
      {Object.entries(of).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{inText(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
