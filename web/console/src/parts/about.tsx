/** Whom and what a row is about; the names lead to their pages. */
import { useWords } from '../words/index.ts'
import { SubjectLink } from './subject-link.tsx'

export function About(props: {
  client: string | null
  clientId: string | null
  matter?: string | null
  matterId?: string | null
}) {
  const { t } = useWords()
  const name = props.client ?? t('list.unknown_client')
  return (
    <span className="about">
      {props.clientId ? (
        <SubjectLink scope="client" id={props.clientId} className="about-client" data-key="Enter">
          {name}
        </SubjectLink>
      ) : (
        <span className="about-client">{props.client ?? ''}</span>
      )}
      {props.matter && props.matterId && (
        <SubjectLink scope="matter" id={props.matterId} className="about-matter">
          {props.matter}
        </SubjectLink>
      )}
      {props.matter && !props.matterId && <span className="about-matter">{props.matter}</span>}
    </span>
  )
}
