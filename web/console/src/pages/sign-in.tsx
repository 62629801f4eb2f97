/** Signing in: plain forms that password managers understand. Other ways in (passkeys, the firm's own) stand beside. */
import { Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { IconBuilding, IconFingerprint } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { type ChangeEvent, type FormEvent, type ReactNode, useState } from 'react'
import { brokenOff, signInWithPasskey } from '../api/account.ts'
import { ApiProblem } from '../api/client.ts'
import { beginFirmSignIn, signIn, verifyBackupCode, verifyCode, waysQuery } from '../api/session.ts'
import { Outside } from '../parts/outside.tsx'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

const route = getRouteApi('/sign-in')

/** Only to a page of ours: an address from elsewhere must not lead anybody away. */
const ours = (back: string | undefined): string => (back && /^\/(?![/\\])/.test(back) ? back : '/')

export function SignInPage() {
  const { t } = useWords()
  const { back, firm, error } = route.useSearch()
  const ways = useQuery(waysQuery(firm))
  const router = useRouter()
  const queries = useQueryClient()
  const [second, setSecond] = useState(false)
  const inside = async () => {
    queries.clear()
    await router.navigate({ href: ours(back), replace: true })
  }
  const title = second ? t('sign_in.second') : t('sign_in.title')
  return (
    <Outside title={title}>
      {second ? (
        <Second done={inside} again={() => setSecond(false)} />
      ) : (
        <>
          {error && <Back error={error} />}
          {ways.data?.firm && <ByFirm {...ways.data.firm} back={ours(back)} />}
          <First done={({ second: more }) => (more ? setSecond(true) : void inside())} />
          {browserSupportsWebAuthn() && <ByPasskey done={inside} />}
        </>
      )}
    </Outside>
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
          autoComplete="username"
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
        <Link to="/forgot">{t('credentials.forgot')}</Link>
      </Stack>
    </form>
  )
}

function Second({ done, again }: { done: () => Promise<void>; again: () => void }) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const [backup, setBackup] = useState(false)
  const [trust, setTrust] = useState(false)
  const enter = useMutation({
    mutationFn: () => (backup ? verifyBackupCode(code.trim()) : verifyCode(code, trust)),
    onSuccess: done,
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate()
  }
  const shared = {
    name: 'code',
    required: true,
    autoFocus: true,
    value: code,
    onChange: (event: ChangeEvent<HTMLInputElement>) => setCode(event.currentTarget.value),
  }
  return (
    <form onSubmit={send}>
      <Stack>
        {backup ? (
          <TextInput
            key="backup"
            {...shared}
            label={t('credentials.backup_code')}
            description={t('credentials.backup_hint')}
            autoComplete="off"
          />
        ) : (
          <TextInput
            key="app"
            {...shared}
            label={t('sign_in.code')}
            description={t('sign_in.code_hint')}
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]{6}"
            maxLength={6}
          />
        )}
        {!backup && (
          <Checkbox
            label={t('sign_in.trust')}
            checked={trust}
            onChange={(event) => setTrust(event.currentTarget.checked)}
          />
        )}
        {enter.isError && (
          <Refusal
            error={enter.error}
            wrong={t(backup ? 'credentials.backup_wrong' : 'sign_in.wrong_code')}
          />
        )}
        <Button type="submit" size="md" fullWidth loading={enter.isPending}>
          {t('sign_in.verify')}
        </Button>
        <Button
          variant="subtle"
          onClick={() => {
            setBackup(!backup)
            setCode('')
            enter.reset()
          }}
        >
          {t(backup ? 'credentials.use_app' : 'credentials.backup')}
        </Button>
        <Button variant="subtle" onClick={again}>
          {t('sign_in.other')}
        </Button>
      </Stack>
    </form>
  )
}

/** Why somebody came back from their firm's own sign-in without being signed in. */
function Back({ error }: { error: string }) {
  const { t } = useWords()
  const word =
    error === 'EMAIL_NOT_VERIFIED' ||
    error === 'NOT_INVITED' ||
    error === 'ADDRESS_TAKEN' ||
    error === 'ISSUER_PROBLEM'
      ? (`error_${error}` as const)
      : // OAuth 2.0, RFC 6749 §4.1.2.1
        error === 'access_denied'
        ? 'error_cancelled'
        : 'error_other'
  return (
    <p className="wrong" role="alert">
      {t(`credentials.${word}`)}
    </p>
  )
}

/** With the accounts that the firm has elsewhere. */
function ByFirm({ firm, name, back }: { firm: string; name: string; back: string }) {
  const { t } = useWords()
  const begin = useMutation({
    mutationFn: () => beginFirmSignIn(firm, back),
    onSuccess: ({ url }) => location.assign(url),
  })
  return (
    <Stack>
      {begin.isError &&
        (begin.error instanceof ApiProblem && begin.error.code === 'ISSUER_PROBLEM' ? (
          <Back error="ISSUER_PROBLEM" />
        ) : (
          <Problem error={begin.error} />
        ))}
      <Button
        size="md"
        fullWidth
        leftSection={<IconBuilding size={18} aria-hidden />}
        loading={begin.isPending || begin.isSuccess}
        onClick={() => begin.mutate()}
      >
        {t('credentials.firm_sign_in', { name })}
      </Button>
      <p className="or">{t('credentials.or')}</p>
    </Stack>
  )
}

/** In place of password and second factor. */
function ByPasskey({ done }: { done: () => Promise<void> }) {
  const { t } = useWords()
  const enter = useMutation({ mutationFn: signInWithPasskey, onSuccess: done })
  const broken = brokenOff(enter.error)
  return (
    <Stack>
      <p className="or">{t('credentials.or')}</p>
      {broken && (
        <p className="wrong" role="alert">
          {t('credentials.passkey_cancelled')}
        </p>
      )}
      {enter.isError && !broken && <Refusal error={enter.error} wrong={t('credentials.passkey_refused')} />}
      <Button
        variant="default"
        size="md"
        fullWidth
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={enter.isPending}
        onClick={() => enter.mutate()}
      >
        {t('credentials.use_passkey')}
      </Button>
    </Stack>
  )
}
