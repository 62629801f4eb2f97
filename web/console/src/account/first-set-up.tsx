/** Shown in place of everything else to who has no second factor where their firm asks everybody for one. */
import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Me, signOut } from '../api/session.ts'
import { Page } from '../parts/page.tsx'
import { useTellProblem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'
import { Passkeys } from './passkeys.tsx'
import { SecondFactor } from './second-factor.tsx'

/** @param props.goOn to the page that they wanted, once they have what is asked for */
export function FirstSetUp({ me, goOn }: { me: Me; goOn: () => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const go = useNavigate()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await go({ to: '/sign-in', search: {} })
      queries.clear()
    },
    onError: useTellProblem(),
  })
  const ready = me.needs === null
  return (
    <main id="content" className="set-up">
      <Page
        title={t('credentials.needed')}
        lead={t('credentials.needed_lead', { firm: me.firm.name })}
        narrow
      >
        <SecondFactor on={me.twoFactor === true} />
        <Passkeys />
        <div role="status">{ready && <p className="strong">{t('credentials.needed_done')}</p>}</div>
        <Group mt="xl">
          {ready && <Button onClick={goOn}>{t('credentials.needed_go_on')}</Button>}
          <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
            {t('account.sign_out')}
          </Button>
        </Group>
      </Page>
    </main>
  )
}
