/** The frame of a page: its title for people, tabs and screen readers. */
import { type ReactNode, useEffect } from 'react'
import { useWords } from '../words/index.ts'

export function Page(props: {
  title: string
  lead?: string
  actions?: ReactNode
  children: ReactNode
  /** A column to be read rather than a list to be worked through. */
  narrow?: boolean
}) {
  const { t } = useWords()
  useEffect(() => {
    document.title = `${props.title} · ${t('app.name')}`
  }, [props.title, t])
  return (
    <div className={props.narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div>
          <h1>{props.title}</h1>
          {props.lead && <p className="dim">{props.lead}</p>}
        </div>
        {props.actions && <div className="page-actions">{props.actions}</div>}
      </header>
      {props.children}
    </div>
  )
}
