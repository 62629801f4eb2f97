/** The firm's own sign-in: the way there, and what is said to who comes back without being signed in. */
import { Button, Stack } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { ApiProblem } from '../api/client.ts'
import { beginFirmSignIn } from '../api/session.ts'
import { useWords } from '../words/index.ts'
import { Problem } from './problem.tsx'

/** The firm's key, and what its button says. */
export interface Own {
  firm: string
  name: string
}

/** Why somebody came back from their firm's own sign-in without being signed in. */
export function Back({ error }: { error: string }) {
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

/** With the accounts that the firm has elsewhere. @param props.or other ways follow */
export function ByFirm({ firm, name, back, or }: Own & { back: string; or: boolean }) {
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
      {or && <p className="or">{t('credentials.or')}</p>}
    </Stack>
  )
}
