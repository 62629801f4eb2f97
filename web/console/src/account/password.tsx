/** Another password; it ends every other session. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { passwordLength } from '../../../../contracts/limits.ts'
import { accountKey, changePassword, isWrongPassword } from '../api/account.ts'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

export function Password({ email }: { email: string }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: async () => {
      setCurrent('')
      setNext('')
      notifications.show({ title: t('credentials.changed'), message: '' })
      await queries.invalidateQueries({ queryKey: accountKey })
    },
  })
  const wrong = isWrongPassword(change.error)
  const send = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <section className="part" aria-labelledby="password">
      <h2 id="password">{t('credentials.change')}</h2>
      <form onSubmit={send} className="short-form">
        <Stack>
          {/* For password managers, which ask whose password it is. */}
          <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label={t('credentials.change_current')}
            name="current"
            autoComplete="current-password"
            required
            error={wrong && t('credentials.wrong_password')}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('credentials.change_new')}
            description={t('join.password_hint', { count: passwordLength.least })}
            name="new"
            autoComplete="new-password"
            required
            minLength={passwordLength.least}
            maxLength={passwordLength.most}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          {change.isError && !wrong && <Problem error={change.error} />}
          <p className="dim">{t('credentials.change_hint')}</p>
          <div>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('credentials.change_submit')}
            </Button>
          </div>
        </Stack>
      </form>
    </section>
  )
}
