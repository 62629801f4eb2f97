/** What the API refused, readable, with the place of each error. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiProblem } from '../api/client.ts'
import { useWords } from '../words/index.ts'

type Words = ReturnType<typeof useWords>['t']

/** A problem in words: what, and where or why. */
function inWords(error: unknown, t: Words): { title: string; lines: string[] } {
  if (!(error instanceof ApiProblem)) return { title: t('problem.page'), lines: [] }
  if (error.status === 0) return { title: t('problem.unreachable'), lines: [t('problem.unreachable_hint')] }
  if (error.status === 429) return { title: t('problem.slow_down'), lines: [] }
  if (error.status === 403) {
    const right = error.missingRight
    return { title: right ? t('problem.right', { right }) : t('problem.forbidden'), lines: [] }
  }
  const places = error.errors.map(({ path, message }) => `${path}: ${message}`)
  return { title: error.message, lines: [...(error.detail ? [error.detail] : []), ...places] }
}

export function Problem(props: { error: unknown; again?: () => void }) {
  const { t } = useWords()
  const { title, lines } = inWords(props.error, t)
  return (
    <div className="problem" role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <p className="strong">{title}</p>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {props.again && (
        <Button variant="default" size="xs" onClick={props.again}>
          {t('problem.again')}
        </Button>
      )}
    </div>
  )
}

/**
 * Tells of a failed deed beside the page.
 *
 * @param explain a conflict is told in the server's words, and not as work that others have done
 */
export function useTellProblem(explain = false) {
  const { t } = useWords()
  return (error: unknown) => {
    if (error instanceof ApiProblem && error.status === 401) return // the page for signing in comes
    const gone = !explain && error instanceof ApiProblem && error.status === 409
    const { title, lines } = inWords(error, t)
    notifications.show({
      color: gone ? 'gray' : 'red',
      title: gone ? t('problem.gone') : title,
      message: gone ? '' : lines.join(' · '),
      autoClose: gone ? 4_000 : 12_000,
    })
  }
}
