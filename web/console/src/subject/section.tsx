/** A part of the page: its heading, and what stands under it or that there is nothing. */
import type { ReactNode } from 'react'

export const Section = (props: {
  title: string
  count?: number
  actions?: ReactNode
  empty?: string | false
  children?: ReactNode
}) => (
  <section className="subject-part" aria-label={props.title}>
    <div className="part-title">
      <h2>
        {props.title}
        {props.count ? <span className="count"> {props.count}</span> : null}
      </h2>
      {props.actions}
    </div>
    {props.empty ? <p className="dim">{props.empty}</p> : props.children}
  </section>
)
