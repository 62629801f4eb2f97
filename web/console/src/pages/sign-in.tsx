/** Signing in: plain forms that password managers understand. Other ways in (passkeys, the firm's own) stand beside. */
import { Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { IconFingerprint } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { type ChangeEvent, type FormEvent, type ReactNode, useState } from 'react'
import { brokenOff, signInWithPasskey } from '../api/account.ts'
import { ApiProblem } from '../api/client.ts'
import { signIn, verifyBackupCode, verifyCode, waysQuery } from '../api/session.ts'
import { Back, ByFirm, type Own } from '../parts/by-firm.tsx'
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
  /** Their firm's own sign-in, as the server names it to who has come by a password. */
  const [only, setOnly] = useState<Own | null>(null)
  const own = only ?? ways.data?.firm
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
          {own && <ByFirm {...own} back={ours(back)} or />}
          <First done={({ second: more }) => (more ? setSecond(true) : void inside())} only={setOnly} />
          {browserSupportsWebAuthn() && <ByPasskey done={inside} only={setOnly} />}
        </>
      )}
    </Outside>
  )
}

/** A refused proof in our words; anything else as it is. */
function Refusal({ error, wrong }: { error: unknown; wrong: string }): ReactNode {
  const { t } = useWords()
  if (isFirmOnly(error))
    return (
      <p className="wrong" role="alert">
        {error.own
          ? t('credentials.firm_only', { name: error.own.name })
          : t('credentials.firm_only_elsewhere')}
      </p>
    )
  if (error instanceof ApiProblem && [400, 401, 403].includes(error.status))
    return (
      <p className="wrong" role="alert">
        {wrong}
      </p>
    )
  return <Problem error={error} />
}

const isFirmOnly = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.code === 'FIRM_SIGN_IN_ONLY'

function First(props: { done: (answer: { second: boolean }) => void; only: (own: Own) => void }) {
  const { t } = useWords()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: props.done,
    onError: (error) => isFirmOnly(error) && error.own && props.only(error.own),
  })
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

/** In place of password and second factor. */
function ByPasskey(props: { done: () => Promise<void>; only: (own: Own) => void }) {
  const { t } = useWords()
  const enter = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: props.done,
    onError: (error) => isFirmOnly(error) && error.own && props.only(error.own),
  })
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
