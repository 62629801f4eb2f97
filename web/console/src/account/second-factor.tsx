/** The second factor: set up with an app, its backup codes shown once, turned off with the password. */
import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  accountKey,
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  newBackupCodes,
} from '../api/account.ts'
import { ApiProblem } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { Problem } from '../parts/problem.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { AskPassword, PasswordForm } from './ask-password.tsx'
import { Qr } from './qr.tsx'

export function SecondFactor({ on }: { on: boolean }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [open, setOpen] = useState<'set_up' | 'off' | 'codes' | null>(null)
  const close = () => setOpen(null)
  const changed = async (title: string) => {
    notifications.show({ title, message: '' })
    await Promise.all([
      queries.invalidateQueries({ queryKey: meQuery.queryKey }),
      queries.invalidateQueries({ queryKey: accountKey }),
    ])
  }
  const off = useMutation({
    mutationFn: endSecondFactor,
    onSuccess: async () => {
      close()
      await changed(t('credentials.factor_turned_off'))
    },
  })
  return (
    <section className="part" aria-labelledby="second-factor">
      <div className="part-head">
        <h2 id="second-factor">{t('credentials.factor')}</h2>
        <Tag tone={on ? 'good' : 'plain'}>{t(on ? 'credentials.factor_on' : 'credentials.factor_off')}</Tag>
      </div>
      <p className="dim">{t('credentials.factor_lead')}</p>
      <Group mt="sm">
        {on ? (
          <>
            <Button variant="default" onClick={() => setOpen('codes')}>
              {t('credentials.codes_new')}
            </Button>
            <Button variant="default" onClick={() => setOpen('off')}>
              {t('credentials.factor_turn_off')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setOpen('set_up')}>{t('credentials.factor_set_up')}</Button>
        )}
      </Group>
      {open === 'set_up' && (
        <SetUp close={close} turnedOn={() => void changed(t('credentials.factor_turned_on'))} />
      )}
      {open === 'codes' && <NewCodes close={close} />}
      {open === 'off' && (
        <AskPassword
          title={t('credentials.factor_turn_off_title')}
          hint={t('credentials.factor_turn_off_hint')}
          submit={t('credentials.factor_turn_off_submit')}
          busy={off.isPending}
          error={off.error}
          close={close}
          answer={(password) => off.mutate(password)}
        />
      )}
    </section>
  )
}

function SetUp({ close, turnedOn }: { close: () => void; turnedOn: () => void }) {
  const { t } = useWords()
  const begin = useMutation({ mutationFn: beginSecondFactor })
  const confirm = useMutation({ mutationFn: confirmSecondFactor, onSuccess: turnedOn })
  const title = confirm.isSuccess ? t('credentials.codes_title') : t('credentials.factor_set_up_title')
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      // The codes are gone with it: a click beside it must not be what closes it.
      closeOnClickOutside={!confirm.isSuccess}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {!begin.data ? (
        <PasswordForm
          submit={t('credentials.continue')}
          busy={begin.isPending}
          error={begin.error}
          close={close}
          answer={(password) => begin.mutate(password)}
        />
      ) : confirm.isSuccess ? (
        <Codes codes={begin.data.backupCodes} done={close} />
      ) : (
        <Scan
          uri={begin.data.totpURI}
          busy={confirm.isPending}
          error={confirm.error}
          answer={(code) => confirm.mutate(code)}
        />
      )}
    </Modal>
  )
}

function Scan(props: { uri: string; busy: boolean; error: unknown; answer: (code: string) => void }) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const key = new URL(props.uri).searchParams.get('secret') ?? ''
  const wrong = props.error instanceof ApiProblem && props.error.code === 'INVALID_CODE'
  const send = (event: FormEvent) => {
    event.preventDefault()
    props.answer(code)
  }
  return (
    <form onSubmit={send}>
      <Stack>
        <div>
          <p className="strong">{t('credentials.factor_scan')}</p>
          <p className="dim">{t('credentials.factor_scan_hint')}</p>
        </div>
        <Qr text={props.uri} label={t('credentials.factor_qr')} />
        <a href={props.uri}>{t('credentials.factor_open')}</a>
        <div>
          <p className="small-head">{t('credentials.factor_key')}</p>
          <p className="copy-me secret">{key.match(/.{1,4}/g)?.join(' ')}</p>
        </div>
        <TextInput
          label={t('credentials.factor_code')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          maxLength={6}
          required
          data-autofocus
          autoFocus
          error={wrong && t('sign_in.wrong_code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {props.error !== null && !wrong && <Problem error={props.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={props.busy}>
            {t('credentials.factor_turn_on')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function NewCodes({ close }: { close: () => void }) {
  const { t } = useWords()
  const make = useMutation({ mutationFn: newBackupCodes })
  if (!make.data)
    return (
      <AskPassword
        title={t('credentials.codes_new_title')}
        hint={t('credentials.codes_new_hint')}
        submit={t('credentials.codes_new_submit')}
        busy={make.isPending}
        error={make.error}
        close={close}
        answer={(password) => make.mutate(password)}
      />
    )
  return (
    <Modal
      opened
      onClose={close}
      title={t('credentials.codes_title')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Codes codes={make.data.backupCodes} done={close} />
    </Modal>
  )
}

function Codes({ codes, done }: { codes: readonly string[]; done: () => void }) {
  const { t } = useWords()
  return (
    <Stack>
      <Text size="sm">{t('credentials.codes_hint')}</Text>
      <ul className="copy-me secret codes" aria-label={t('credentials.codes')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group justify="flex-end">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'credentials.codes_copied' : 'credentials.codes_copy')}
            </Button>
          )}
        </CopyButton>
        <Button data-autofocus autoFocus onClick={done}>
          {t('credentials.codes_kept')}
        </Button>
      </Group>
    </Stack>
  )
}
