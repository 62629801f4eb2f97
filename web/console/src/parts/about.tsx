/** Whom and what a row is about; the client's name leads to the whole story. */
import { Link } from '@tanstack/react-router'
import { useWords } from '../words/index.ts'

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
        <Link
          className="about-client"
          to="/trace"
          search={{ q: props.clientId, as: 'client' }}
          data-key="Enter"
        >
          {name}
        </Link>
      ) : (
        <span className="about-client">{props.client ?? ''}</span>
      )}
      {props.matter && props.matterId && (
        <Link className="about-matter" to="/trace" search={{ q: props.matterId, as: 'matter' }}>
          {props.matter}
        </Link>
      )}
      {props.matter && !props.matterId && <span className="about-matter">{props.matter}</span>}
    </span>
  )
}
