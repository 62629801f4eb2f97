/** Following the link of a forgotten password: another one is chosen, and then one signs in with it. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { passwordLength } from '../../../../contracts/limits.ts'
import { ApiProblem } from '../api/client.ts'
import { choosePassword } from '../api/session.ts'
import { Outside } from '../parts/outside.tsx'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

export function ResetPage() {
  const { t } = useWords()
  // Behind the #, so that no server and no log on the way sees it.
  const [token] = useState(() => location.hash.slice(1))
  const [password, setPassword] = useState('')
  const choose = useMutation({ mutationFn: () => choosePassword(token, password) })
  const isVoid = token === '' || (choose.error instanceof ApiProblem && choose.error.code === 'INVALID_TOKEN')
  const send = (event: FormEvent) => {
    event.preventDefault()
    choose.mutate()
  }
  if (isVoid)
    return (
      <Outside title={t('credentials.reset_title')}>
        <Stack>
          <p role="alert">{t('credentials.reset_void')}</p>
          <Link to="/forgot">{t('credentials.reset_again')}</Link>
        </Stack>
      </Outside>
    )
  return (
    <Outside title={t('credentials.reset_title')}>
      {choose.isSuccess ? (
        <Stack>
          <p role="status">{t('credentials.reset_done')}</p>
          <Link to="/sign-in">{t('sign_in.submit')}</Link>
        </Stack>
      ) : (
        <form onSubmit={send}>
          <Stack>
            <PasswordInput
              label={t('credentials.change_new')}
              description={t('join.password_hint', { count: passwordLength.least })}
              name="password"
              size="md"
              autoComplete="new-password"
              required
              autoFocus
              minLength={passwordLength.least}
              maxLength={passwordLength.most}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <p className="dim">{t('credentials.reset_hint')}</p>
            {choose.isError && <Problem error={choose.error} />}
            <Button type="submit" size="md" fullWidth loading={choose.isPending}>
              {t('credentials.reset_submit')}
            </Button>
          </Stack>
        </form>
      )}
    </Outside>
  )
}
