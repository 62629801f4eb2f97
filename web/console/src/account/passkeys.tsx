/** Passkeys: added on the device that is to hold them, named, removed. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  addPasskey,
  brokenOff,
  isStale,
  type Passkey,
  passkeysQuery,
  removePasskey,
  renamePasskey,
} from '../api/account.ts'
import { meQuery } from '../api/session.ts'
import { Ask } from '../parts/ask.tsx'
import { Problem, useTellProblem } from '../parts/problem.tsx'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { Again } from './again.tsx'
import { deviceOf } from './device.ts'

/** Says what was done, and asks for the list anew. */
function useDone() {
  const queries = useQueryClient()
  return async (title: string) => {
    notifications.show({ title, message: '' })
    await Promise.all([
      queries.invalidateQueries({ queryKey: passkeysQuery.queryKey }),
      // A passkey may be what the firm was waiting for.
      queries.invalidateQueries({ queryKey: meQuery.queryKey }),
    ])
  }
}

export function Passkeys() {
  const { t } = useWords()
  const query = useQuery(passkeysQuery)
  return (
    <section className="part" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('credentials.passkeys')}</h2>
      <p className="dim">{t('credentials.passkeys_lead')}</p>
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.data?.length === 0 && <p>{t('credentials.passkeys_none')}</p>}
      {query.data && query.data.length > 0 && (
        <List label={t('credentials.passkeys')}>
          {query.data.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </List>
      )}
      {browserSupportsWebAuthn() ? <Add /> : <p className="dim">{t('credentials.passkeys_unable')}</p>}
    </section>
  )
}

function Add() {
  const { t } = useWords()
  const done = useDone()
  const [asking, setAsking] = useState(false)
  const device = deviceOf(navigator.userAgent)
  const add = useMutation({
    mutationFn: addPasskey,
    onSuccess: () => done(t('credentials.passkey_added')),
    onSettled: () => setAsking(false),
  })
  const broken = brokenOff(add.error)
  return (
    <>
      {isStale(add.error) && <Again />}
      {broken && (
        <p className="wrong" role="alert">
          {t(broken === 'there' ? 'credentials.passkey_there' : 'credentials.passkey_cancelled')}
        </p>
      )}
      {add.isError && !broken && !isStale(add.error) && <Problem error={add.error} />}
      <Button mt="sm" variant="default" onClick={() => setAsking(true)}>
        {t('credentials.passkey_add')}
      </Button>
      {asking && (
        <Ask
          title={t('credentials.passkey_add_title')}
          label={t('credentials.passkey_name')}
          hint={t('credentials.passkey_name_hint')}
          initial={device ? t('credentials.session_device', device) : ''}
          submit={t('credentials.passkey_add_submit')}
          line="text"
          busy={add.isPending}
          close={() => setAsking(false)}
          answer={(name) => add.mutate(name)}
        />
      )}
    </>
  )
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const done = useDone()
  const tell = useTellProblem()
  const [naming, setNaming] = useState(false)
  const name = passkey.name ?? t('credentials.passkey_unnamed')
  const rename = useMutation({
    mutationFn: (wanted: string) => renamePasskey(passkey.id, wanted),
    onSuccess: () => done(t('credentials.passkey_renamed')),
    onError: tell,
    onSettled: () => setNaming(false),
  })
  const remove = useMutation({
    mutationFn: () => removePasskey(passkey.id),
    onSuccess: () => done(t('credentials.passkey_removed')),
    onError: tell,
  })
  return (
    <Row name={name}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="row-title">{name}</span>
          </p>
          <p className="row-low dim">
            {passkey.createdAt && (
              <span>{t('credentials.passkey_since', { when: moment(passkey.createdAt) })}</span>
            )}
          </p>
        </div>
        <div className="row-deeds">
          <Button
            size="xs"
            variant="default"
            aria-label={t('credentials.passkey_rename_name', { name })}
            onClick={() => setNaming(true)}
          >
            {t('credentials.passkey_rename')}
          </Button>
          <Button
            size="xs"
            variant="default"
            data-key="e"
            data-leaves
            aria-label={t('credentials.passkey_remove_name', { name })}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            {t('credentials.passkey_remove')}
          </Button>
        </div>
      </div>
      {naming && (
        <Ask
          title={t('credentials.passkey_rename_title')}
          label={t('credentials.passkey_name')}
          initial={name}
          submit={t('credentials.passkey_rename_submit')}
          line="text"
          busy={rename.isPending}
          close={() => setNaming(false)}
          answer={(wanted) => rename.mutate(wanted)}
        />
      )}
    </Row>
  )
}
