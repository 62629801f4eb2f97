/** Following an invitation: a name, an address where none was named, a password; then one is signed in. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { passwordLength } from '../../../../contracts/limits.ts'
import { ApiProblem } from '../api/client.ts'
import { type Invitation, invitationQuery, join } from '../api/session.ts'
import { ByFirm } from '../parts/by-firm.tsx'
import { Outside } from '../parts/outside.tsx'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

export function JoinPage() {
  const { t } = useWords()
  // Behind the #, so that no server and no log on the way sees it.
  const [token] = useState(() => location.hash.slice(1))
  const invitation = useQuery(invitationQuery(token))
  const void_ = invitation.error instanceof ApiProblem && invitation.error.status === 404
  return (
    <Outside
      title={t('join.title')}
      heading={invitation.data && t('join.at', { firm: invitation.data.firm })}
    >
      {void_ && (
        <Stack>
          <p role="alert">{t('join.void')}</p>
          <Link to="/sign-in">{t('join.sign_in')}</Link>
        </Stack>
      )}
      {invitation.isError && !void_ && (
        <Problem error={invitation.error} again={() => void invitation.refetch()} />
      )}
      {invitation.data?.own && <ByFirm {...invitation.data.own} back="/" or={!invitation.data.only} />}
      {invitation.data?.only && <p className="dim">{t('join.only')}</p>}
      {invitation.data && !invitation.data.only && <Form token={token} invitation={invitation.data} />}
    </Outside>
  )
}

function Form({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useWords()
  const router = useRouter()
  const queries = useQueryClient()
  const named = invitation.email !== null
  const [name, setName] = useState(named ? invitation.name : '')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => join(token, { name: name.trim(), email: email.trim(), password }),
    onSuccess: async () => {
      queries.clear()
      await router.navigate({ to: '/', replace: true })
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <p className="dim">{t(`join.as_${invitation.role}`)}</p>
        <TextInput
          label={t('join.name')}
          name="name"
          autoComplete="name"
          required
          autoFocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('sign_in.email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          readOnly={named}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('sign_in.password')}
          description={t('join.password_hint', { count: passwordLength.least })}
          name="password"
          autoComplete="new-password"
          required
          minLength={passwordLength.least}
          maxLength={passwordLength.most}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {enter.isError && <Problem error={enter.error} />}
        <Button type="submit" size="md" fullWidth loading={enter.isPending}>
          {t('join.submit')}
        </Button>
      </Stack>
    </form>
  )
}
