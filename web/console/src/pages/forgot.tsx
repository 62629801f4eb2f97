/** A forgotten password: the address to which the link goes. The answer never says whether somebody has it. */
import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { askForLink } from '../api/session.ts'
import { Outside } from '../parts/outside.tsx'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

export function ForgotPage() {
  const { t } = useWords()
  const [email, setEmail] = useState('')
  const ask = useMutation({ mutationFn: () => askForLink(email.trim()) })
  const send = (event: FormEvent) => {
    event.preventDefault()
    ask.mutate()
  }
  const back = <Link to="/sign-in">{t('credentials.forgot_back')}</Link>
  return (
    <Outside title={t('credentials.forgot_title')}>
      {ask.isSuccess ? (
        <Stack>
          <p role="status">{t('credentials.forgot_done')}</p>
          <p className="dim">{t('credentials.forgot_nothing')}</p>
          {back}
        </Stack>
      ) : (
        <form onSubmit={send}>
          <Stack>
            <p className="dim">{t('credentials.forgot_lead')}</p>
            <TextInput
              label={t('sign_in.email')}
              name="email"
              type="email"
              autoComplete="username"
              required
              autoFocus
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            {ask.isError && <Problem error={ask.error} />}
            <Button type="submit" size="md" fullWidth loading={ask.isPending}>
              {t('credentials.forgot_submit')}
            </Button>
            {back}
          </Stack>
        </form>
      )}
    </Outside>
  )
}
