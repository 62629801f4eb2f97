/** Where there is nothing to show: said in one calm line. */
import type { ReactNode } from 'react'

export function Calm(props: { title: string; hint?: string; icon?: ReactNode; children?: ReactNode }) {
  return (
    <div className="calm">
      {props.icon && (
        <div className="calm-icon" aria-hidden>
          {props.icon}
        </div>
      )}
      <p className="calm-title">{props.title}</p>
      {props.hint && <p className="dim">{props.hint}</p>}
      {props.children}
    </div>
  )
}
