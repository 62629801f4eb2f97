/** How whoever is signed in signs in, and where they are signed in. */
import { useQuery } from '@tanstack/react-query'
import { Passkeys } from '../account/passkeys.tsx'
import { Password } from '../account/password.tsx'
import { SecondFactor } from '../account/second-factor.tsx'
import { Sessions } from '../account/sessions.tsx'
import { hasPasswordQuery } from '../api/account.ts'
import { meQuery } from '../api/session.ts'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { useWords } from '../words/index.ts'

export function AccountPage() {
  const { t } = useWords()
  const me = useQuery(meQuery)
  const password = useQuery(hasPasswordQuery)
  return (
    <Page title={t('credentials.title')} lead={t('credentials.lead')} narrow>
      {password.isPending && <Waiting />}
      {password.isError && <Problem error={password.error} again={() => void password.refetch()} />}
      {password.data === false && <p>{t('credentials.no_password')}</p>}
      {password.data && <SecondFactor on={me.data?.twoFactor === true} />}
      <Passkeys />
      {password.data && <Password email={me.data?.email ?? ''} />}
      <Sessions />
    </Page>
  )
}
