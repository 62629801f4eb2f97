/** One line: is everything going, and when will it be through. */
import { useQuery } from '@tanstack/react-query'
import { queueQuery } from '../api/queries.ts'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

/** Longer than the alert for a lane that stands still waits; a lane that is merely busy is younger. */
const lateAfterSeconds = 120

export function Health() {
  const { t } = useWords()
  const { time } = useMoments()
  const { data, isError } = useQuery(queueQuery)
  const [tone, text] = ((): [string, string] => {
    if (isError) return ['bad', t('health.lost')]
    if (!data) return ['plain', t('health.loading')]
    const oldest = Math.max(0, ...data.lanes.filter(({ due }) => due > 0).map(({ ageSeconds }) => ageSeconds))
    if (oldest > lateAfterSeconds) return ['warn', t('health.behind', { minutes: Math.round(oldest / 60) })]
    const count = data.estimates.reduce((sum, { queued }) => sum + queued, 0)
    if (count === 0) return ['good', t('health.calm')]
    const through = data.estimates
      .map(({ throughBy }) => throughBy)
      .filter((at) => at !== null)
      .sort()
      .at(-1)
    const going = t('health.going', { count })
    return ['good', through ? `${going}, ${t('health.through', { when: time(through) })}` : going]
  })()
  return (
    <p className={`health tone-${tone}`} role="status">
      <span className="dot" aria-hidden />
      <span className="health-text">{text}</span>
    </p>
  )
}
