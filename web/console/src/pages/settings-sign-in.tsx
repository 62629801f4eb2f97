/** What the firm asks of whoever signs in, and whom that would stop at the door. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { signInQuery } from '../api/settings.ts'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { SettingsFrame } from '../settings/frame.tsx'
import { ChangedBy, History } from '../settings/publish.tsx'
import { SignInForm } from '../settings/sign-in-form.tsx'
import { SignInWords } from '../settings/sign-in-words.tsx'
import { useWords } from '../words/index.ts'

export function SignInRulesPage() {
  const { t } = useWords()
  return (
    <SettingsFrame title={t('settings.sign_in.title')} lead={t('settings.sign_in.lead')} right="administer">
      <SignInRules />
    </SettingsFrame>
  )
}

function SignInRules() {
  const { t } = useWords()
  const [editing, setEditing] = useState(false)
  const query = useQuery(signInQuery)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />
  const found = query.data
  return (
    <>
      <section className="part sentences" aria-label={t('hours.now')}>
        <SignInWords rules={found.rules} own={found.own} />
        <ChangedBy change={found} />
        {!editing && (
          <p>
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('hours.edit')}
            </Button>
          </p>
        )}
      </section>
      {editing && <SignInForm found={found} close={() => setEditing(false)} />}
      <History says={({ signIn }) => <SignInWords rules={signIn} own={found.own} />} />
    </>
  )
}
