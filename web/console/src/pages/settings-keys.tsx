/** Keys for scripts: what each may do, who made it, when it ends. */
import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { keysQuery } from '../api/settings.ts'
import { Calm } from '../parts/calm.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { useDeed } from '../parts/deed.ts'
import { Problem } from '../parts/problem.tsx'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { Tag, type Tone } from '../parts/tag.tsx'
import { SettingsFrame } from '../settings/frame.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

type Key = Schemas['ApiKey']
type Scope = Schemas['Scope']

const tones: Record<Key['state'], Tone> = { good: 'good', expired: 'warn', revoked: 'plain' }
/** Days; null: no end. The words are `settings.keys.…`. */
const ends = { days_30: 30, days_90: 90, days_365: 365, never: null } as const
type End = keyof typeof ends

export function KeysPage() {
  const { t } = useWords()
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<{ name: string; key: string } | null>(null)
  return (
    <SettingsFrame
      title={t('settings.keys.title')}
      lead={t('settings.keys.lead')}
      right="administer"
      actions={<Button onClick={() => setMaking(true)}>{t('settings.keys.make')}</Button>}
    >
      <Keys />
      {making && (
        <MakeDialog
          close={() => setMaking(false)}
          done={(key) => {
            setMaking(false)
            setMade(key)
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={t('settings.keys.made', { name: made.name })}
          value={made.key}
          close={() => setMade(null)}
        >
          <p>{t('settings.keys.shown_once')}</p>
        </ShownOnce>
      )}
    </SettingsFrame>
  )
}

function Keys() {
  const { t } = useWords()
  const query = useQuery(keysQuery)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />
  // What is good comes first, the newest before the others.
  const items = query.data.items
    .toReversed()
    .toSorted((a, b) => Number(b.state === 'good') - Number(a.state === 'good'))
  if (items.length === 0) return <Calm title={t('settings.keys.empty')} />
  return (
    <List label={t('settings.keys.title')}>
      {items.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </List>
  )
}

function KeyRow({ apiKey }: { apiKey: Key }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const [asking, setAsking] = useState(false)
  const { id, name, scopes, createdBy, createdAt, lastUsedAt, expiresAt, state } = apiKey
  const revoke = useDeed({
    act: () => answered(api.DELETE('/keys/{id}', { params: { path: { id } } })),
    touches: [keysQuery.queryKey],
    said: () => ({ title: t('settings.keys.revoke_done', { name }) }),
  })
  const when = moment(createdAt)
  return (
    <Row name={name}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="about">
              <span className="about-client">{name}</span>
              <Tag tone={tones[state]}>{t(`settings.keys.${state}`)}</Tag>
              {scopes.map((scope) => (
                <Tag key={scope}>{t(`settings.scope.${scope}`)}</Tag>
              ))}
            </span>
          </p>
          <p className="row-low dim">
            <span>
              {createdBy
                ? t('settings.keys.by', { who: createdBy, when })
                : t('settings.keys.by_nobody', { when })}
            </span>
            <span>
              {lastUsedAt ? t('settings.keys.used', { when: moment(lastUsedAt) }) : t('settings.keys.unused')}
            </span>
            <span>
              {expiresAt
                ? t('settings.keys.good_until', { when: moment(expiresAt) })
                : t('settings.keys.endless')}
            </span>
          </p>
        </div>
        {state !== 'revoked' && (
          <div className="row-deeds">
            <Button
              size="xs"
              variant="default"
              data-key="e"
              aria-label={t('settings.keys.revoke_of', { name })}
              onClick={() => setAsking(true)}
            >
              {t('settings.keys.revoke')}
            </Button>
          </div>
        )}
      </div>
      {asking && (
        <Confirm
          title={t('settings.keys.revoke_ask', { name })}
          text={t('settings.keys.revoke_why')}
          submit={t('settings.keys.revoke')}
          busy={revoke.isPending}
          close={() => setAsking(false)}
          go={() => revoke.mutate(undefined, { onSettled: () => setAsking(false) })}
        />
      )}
    </Row>
  )
}

const dayMs = 86_400_000

function MakeDialog(props: { close: () => void; done: (made: { name: string; key: string }) => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['read'])
  const [end, setEnd] = useState<End>('days_90')
  const make = useMutation({
    mutationFn: () => {
      const days = ends[end]
      const expiresAt = days === null ? {} : { expiresAt: new Date(Date.now() + days * dayMs).toISOString() }
      return answered(api.POST('/keys', { body: { name: name.trim(), scopes, ...expiresAt } }))
    },
    onSuccess: ({ key }) => props.done({ name: name.trim(), key }),
    onSettled: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Modal
      opened
      onClose={props.close}
      title={t('settings.keys.make_title')}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput
            label={t('settings.keys.name')}
            placeholder={t('settings.keys.name_example')}
            required
            maxLength={100}
            data-autofocus
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox.Group
            label={t('settings.keys.may')}
            value={scopes}
            onChange={(value) => setScopes(value as Scope[])}
          >
            <Stack gap="xs" mt={6}>
              {((me?.scopes ?? []) as Scope[]).map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t(`settings.scope.${scope}`)}
                  description={t(`settings.scope_may.${scope}`)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <Select
            label={t('settings.keys.ends')}
            allowDeselect={false}
            value={end}
            onChange={(value) => setEnd((value as End | null) ?? 'days_90')}
            data={(Object.keys(ends) as End[]).map((value) => ({
              value,
              label: t(`settings.keys.${value}`),
            }))}
          />
          {make.isError && <Problem error={make.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.close}>
              {t('stop.cancel')}
            </Button>
            <Button
              type="submit"
              loading={make.isPending}
              disabled={name.trim() === '' || scopes.length === 0}
            >
              {t('settings.keys.make_submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
