/** Where the library wants a fresh sign-in: why, and the way to one that leads back here. */
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { signOut } from '../api/session.ts'
import { useTellProblem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

export function Again() {
  const { t } = useWords()
  const go = useNavigate()
  const queries = useQueryClient()
  const tell = useTellProblem()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await go({ to: '/sign-in', search: { back: '/account' } })
      queries.clear()
    },
    onError: tell,
  })
  return (
    <div className="again" role="status">
      <p>{t('credentials.again')}</p>
      <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
        {t('credentials.again_button')}
      </Button>
    </div>
  )
}
