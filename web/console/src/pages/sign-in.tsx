/** Signing in: plain forms that password managers understand. Other ways in (passkeys, the firm's own) stand beside. */
import { Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { ApiProblem } from '../api/client.ts'
import { signIn, verifyCode } from '../api/session.ts'
import markUrl from '../mark.svg'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

const route = getRouteApi('/sign-in')

/** Only to a page of ours: an address from elsewhere must not lead anybody away. */
const ours = (back: string | undefined): string => (back && /^\/(?![/\\])/.test(back) ? back : '/')

export function SignInPage() {
  const { t } = useWords()
  const { back } = route.useSearch()
  const router = useRouter()
  const queries = useQueryClient()
  const [second, setSecond] = useState(false)
  const inside = async () => {
    queries.clear()
    await router.navigate({ href: ours(back), replace: true })
  }
  const title = second ? t('sign_in.second') : t('sign_in.title')
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src={markUrl} alt="" width={40} height={40} />
        <h1>{title}</h1>
        {second ? (
          <Second done={inside} again={() => setSecond(false)} />
        ) : (
          <First done={({ second: more }) => (more ? setSecond(true) : void inside())} />
        )}
      </div>
    </main>
  )
}

/** A refused proof in our words; anything else as it is. */
function Refusal({ error, wrong }: { error: unknown; wrong: string }): ReactNode {
  if (error instanceof ApiProblem && [400, 401, 403].includes(error.status))
    return (
      <p className="wrong" role="alert">
        {wrong}
      </p>
    )
  return <Problem error={error} />
}

function First({ done }: { done: (answer: { second: boolean }) => void }) {
  const { t } = useWords()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({ mutationFn: () => signIn(email.trim(), password), onSuccess: done })
  const send = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput
          label={t('sign_in.email')}
          name="email"
          type="email"
          autoComplete="username webauthn"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('sign_in.password')}
          name="password"
          size="md"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {enter.isError && <Refusal error={enter.error} wrong={t('sign_in.wrong')} />}
        <Button type="submit" size="md" fullWidth loading={enter.isPending}>
          {t('sign_in.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function Second({ done, again }: { done: () => Promise<void>; again: () => void }) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const [trust, setTrust] = useState(false)
  const enter = useMutation({ mutationFn: () => verifyCode(code, trust), onSuccess: done })
  const send = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate()
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <TextInput
          label={t('sign_in.code')}
          description={t('sign_in.code_hint')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          maxLength={6}
          required
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Checkbox
          label={t('sign_in.trust')}
          checked={trust}
          onChange={(event) => setTrust(event.currentTarget.checked)}
        />
        {enter.isError && <Refusal error={enter.error} wrong={t('sign_in.wrong_code')} />}
        <Button type="submit" size="md" fullWidth loading={enter.isPending}>
          {t('sign_in.verify')}
        </Button>
        <Button variant="subtle" onClick={again}>
          {t('sign_in.other')}
        </Button>
      </Stack>
    </form>
  )
}
