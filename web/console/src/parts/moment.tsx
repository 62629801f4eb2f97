/** A moment in the firm's zone; where the client's clocks show otherwise, that is said beside it. */
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

export function Moment(props: { at: string; clientZone?: string | null }) {
  const { t } = useWords()
  const { moment, elsewhere } = useMoments()
  const there = elsewhere(props.at, props.clientZone ?? null)
  return (
    <time dateTime={props.at} className="moment">
      {moment(props.at)}
      {there && <span className="dim"> ({t('trace.local', there)})</span>}
    </time>
  )
}
