/** Writing to a client by a template: chosen, filled in, looked at as it would arrive with what would hold it, sent once. */
import { Button, Group, Modal, NativeSelect, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPencil } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas, unreachable } from '../api/client.ts'
import { lookQuery, type Wish, writableQuery } from '../api/writing.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { Waiting } from '../parts/rows.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { Preview } from './write-preview.tsx'

/** Which matter it may be about; of a client's page, any of theirs. */
export interface About {
  id: string
  name: string
}

export function WriteButton(props: { matters: readonly About[] }) {
  const { t } = useWords()
  const may = useMay('operate')
  const [key, setKey] = useState<string | null>(null)
  if (!may || props.matters.length === 0) return null
  return (
    <>
      {/* The key is made when the dialog opens: however often its button is pressed, it sends one message. */}
      <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setKey(crypto.randomUUID())}>
        {t('write.open')}
      </Button>
      {key !== null && <WriteDialog sendKey={key} matters={props.matters} close={() => setKey(null)} />}
    </>
  )
}

type Channel = Wish['channel']
type Gate = Wish['overrides'][number]

function WriteDialog(props: { sendKey: string; matters: readonly About[]; close: () => void }) {
  const { t, language } = useWords()
  const { moment } = useMoments()
  const queries = useQueryClient()
  const { sendKey, matters, close } = props
  const [matter, setMatter] = useState(matters[0]?.id ?? '')
  const [chosen, setChosen] = useState('')
  const [wanted, setWanted] = useState<Channel | null>(null)
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [overrides, setOverrides] = useState<readonly Gate[]>([])
  const [reason, setReason] = useState('')

  const writable = useQuery(writableQuery(matter))
  const template = writable.data?.items.find(({ key }) => key === chosen)
  const open = template?.channels.map(({ channel }) => channel) ?? []
  const channel =
    wanted && open.includes(wanted) ? wanted : preferred(open, writable.data?.preference ?? null)
  const [settled] = useDebouncedValue(typed, 250)
  const wish = (of: Record<string, string>): Wish | null =>
    template && channel
      ? {
          template: template.key,
          channel,
          typed: Object.fromEntries(template.variables.map(({ path }) => [path, of[path] ?? ''])),
          overrides: [...overrides],
        }
      : null
  const look = useQuery(lookQuery(matter, wish(settled)))
  const seen = look.data
  // What is typed and not looked at yet is not sent.
  const current = settled === typed && !look.isPlaceholderData && !look.isFetching
  const ready =
    current && seen?.mark != null && (overrides.length === 0 || reason.trim() !== '') && !look.isError

  const send = useMutation({
    mutationFn: (given: { wish: Wish; mark: string }) =>
      answered(
        api.POST('/matters/{id}/messages', {
          params: { path: { id: matter } },
          body: {
            ...given.wish,
            key: sendKey,
            mark: given.mark,
            ...(given.wish.overrides.length > 0 ? { reason: reason.trim() } : {}),
          },
        }),
      ),
    // The key makes it one message: a network that broke off is tried again.
    retry: (count, error) => unreachable(error) && count < 2,
    onSuccess: (done) => {
      notifications.show({
        color: 'teal',
        title: t('write.sent', { name: seen?.client.name ?? '' }),
        message: inWords(done),
      })
      close()
    },
    // Somebody else, another address, other words: what is shown is read again.
    onError: () => void queries.invalidateQueries({ queryKey: ['write-preview'] }),
    onSettled: () =>
      Promise.all(
        [['subject'], ['list'], ['trace'], ['queue']].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  })
  const inWords = ({ state, dueAt, readsFirst }: Schemas['WriteResult']): string => {
    if (readsFirst) return t('write.sent_reading')
    if (state !== 'held') return t('write.sent_on_its_way')
    return dueAt ? t('write.sent_held_until', { when: moment(dueAt) }) : t('write.sent_held')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = wish(typed)
    if (!ready || !given || !seen?.mark || send.isPending) return
    send.mutate({ wish: given, mark: seen.mark })
  }

  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={writable.data?.client ? t('write.title', { name: writable.data.client.name }) : t('write.open')}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {matters.length > 1 && (
            <NativeSelect
              label={t('write.matter')}
              value={matter}
              onChange={(event) => setMatter(event.currentTarget.value)}
              data={matters.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          {writable.isPending && <Waiting />}
          {writable.isError && <Problem error={writable.error} again={() => void writable.refetch()} />}
          {writable.data && <Templates items={writable.data.items} chosen={chosen} choose={setChosen} />}
          {template && open.length > 1 && channel && (
            <SegmentedControl
              aria-label={t('write.channel')}
              value={channel}
              onChange={(value) => setWanted(value as Channel)}
              data={open.map((value) => ({ value, label: section(language, 'channel')[value] ?? value }))}
            />
          )}
          {template?.variables.map(({ path, words }) => (
            <TextInput
              key={path}
              label={readable(path)}
              description={words}
              required
              maxLength={500}
              value={typed[path] ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget
                setTyped((before) => ({ ...before, [path]: value }))
              }}
            />
          ))}
          {template && (
            <Preview
              look={seen}
              error={look.isError ? look.error : null}
              mayOverride={writable.data?.mayOverride === true}
              overrides={overrides}
              override={(gate, on) =>
                setOverrides((before) => (on ? [...before, gate] : before.filter((one) => one !== gate)))
              }
              reason={reason}
              setReason={setReason}
            />
          )}
          {send.isError && <Problem error={send.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('stop.cancel')}
            </Button>
            <Button type="submit" loading={send.isPending} disabled={!ready}>
              {t(seen?.verdict === 'waits' && ready ? 'write.send_held' : 'write.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** As they prefer, where that is open; else the first there is. */
function preferred(open: readonly Channel[], preference: string | null): Channel | null {
  const wish = /mail/i.test(preference ?? '') ? 'email' : 'sms'
  return open.find((channel) => channel === wish) ?? open[0] ?? null
}

function Templates(props: {
  items: readonly Schemas['WritableTemplate'][]
  chosen: string
  choose: (key: string) => void
}) {
  const { t } = useWords()
  const whole = props.items.filter(({ channels }) => channels.some(({ lacks }) => lacks.length === 0))
  const lacking = props.items.filter((item) => !whole.includes(item))
  if (props.items.length === 0) return <p className="dim">{t('write.no_templates')}</p>
  const about = whole.find(({ key }) => key === props.chosen)?.describe
  return (
    <>
      <NativeSelect
        label={t('write.template')}
        description={about ?? undefined}
        data-autofocus
        value={props.chosen}
        onChange={(event) => props.choose(event.currentTarget.value)}
        data={[
          { value: '', label: t('write.choose') },
          ...whole.map(({ key }) => ({ value: key, label: readable(key) })),
          ...lacking.map(({ key }) => ({ value: key, label: readable(key), disabled: true })),
        ]}
      />
      {lacking.length > 0 && (
        <p className="dim">
          {lacking
            .map(({ key, channels }) => `${readable(key)}: ${channels[0]?.lacks.join(', ') ?? ''}`)
            .join(' · ')}
        </p>
      )}
    </>
  )
}
