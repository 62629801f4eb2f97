/** A connection is asked now: what works, what does not, and what to do about it. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Schemas } from '../api/client.ts'
import { connectionsQuery } from '../api/queries.ts'
import { useTellProblem } from '../parts/problem.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'

type Result = Schemas['ConnectionTest']
const tones: Record<Result['verdict'], Tone> = {
  works: 'good',
  attention: 'warn',
  fails: 'bad',
  nothing: 'plain',
}
const findingTones = { ok: 'good', warn: 'warn', fail: 'bad' } as const satisfies Record<string, Tone>

export function useConnectionTest(key: string) {
  const queries = useQueryClient()
  const tell = useTellProblem()
  return useMutation({
    mutationFn: () => answered(api.POST('/connections/{key}/test', { params: { path: { key } } })),
    onError: tell,
    // What was asked may have told that it lets us in no more.
    onSettled: () => queries.invalidateQueries({ queryKey: connectionsQuery.queryKey }),
  })
}

export function TestButton(props: { name: string; test: ReturnType<typeof useConnectionTest> }) {
  const { t } = useWords()
  return (
    <Button
      size="xs"
      variant="default"
      data-key="t"
      aria-label={t('settings.test.test_of', { name: props.name })}
      loading={props.test.isPending}
      onClick={() => props.test.mutate()}
    >
      {t('settings.test.test')}
    </Button>
  )
}

/** Told to screen readers when it comes. */
export function TestResult({ test }: { test: ReturnType<typeof useConnectionTest> }) {
  const { t } = useWords()
  const { data } = test
  return (
    <div role="status" className="test">
      {test.isPending && <p className="dim">{t('settings.test.testing')}</p>}
      {!test.isPending && data && (
        <>
          <p>
            <Tag tone={tones[data.verdict]}>{t(`settings.test.${data.verdict}`)}</Tag>
          </p>
          <ul>
            {data.findings.map(({ what, status, detail, todo }) => (
              <li key={what}>
                <p>
                  {t(`settings.test.${what}`)}:{' '}
                  <Tag tone={findingTones[status]}>{t(`settings.test.${status}`)}</Tag>{' '}
                  {/* In the words of the program and of the other system. */}
                  <span lang="en">{detail}</span>
                </p>
                {todo !== null && (
                  <p className="dim" lang="en">
                    {t('settings.test.todo', { todo })}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
