/** The red button: everything to a client, about a matter, or from the whole firm stops at once. */
import { Button, Group, Modal, Radio, Select, Skeleton, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconHandStop } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { heldQuery } from '../api/queries.ts'
import { tryAgain } from '../parts/deed.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { itemsOf } from '../parts/rows.tsx'
import { momentOf, wallOf } from '../parts/wall-time.ts'
import { readable, useWords } from '../words/index.ts'
import { cityOf, useMoments } from '../words/moments.ts'
import { useReasons } from '../words/reasons.ts'
import { type StopTarget, useStopTargets } from './stop-target.tsx'

export const stopButtonId = 'stop'

export function StopButton() {
  const { t } = useWords()
  const may = useMay('operate')
  const targets = useStopTargets()
  const [open, setOpen] = useState(false)
  const nearest = targets[0]
  return (
    <>
      <Button
        id={stopButtonId}
        className="stop"
        color="red.9"
        leftSection={<IconHandStop size={17} aria-hidden />}
        disabled={!may}
        onClick={() => setOpen(true)}
        aria-label={nearest ? t('stop.button_for', { name: nearest.name }) : t('stop.button')}
      >
        <span className="stop-long">{t('stop.button')}</span>
        <span className="stop-short">{t('stop.button_short')}</span>
      </Button>
      {open && <StopDialog targets={targets} close={() => setOpen(false)} />}
    </>
  )
}

const hour = 3_600_000
const ends = { open: null, h1: hour, h4: 4 * hour, d1: 24 * hour, d7: 7 * 24 * hour } as const
type End = keyof typeof ends | 'date'

function StopDialog({ targets, close }: { targets: readonly StopTarget[]; close: () => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState(targets[0]?.id ?? 'firm')
  const [reason, setReason] = useState('')
  const [end, setEnd] = useState<End>('open')
  const { zone } = useMoments()
  const [date, setDate] = useState('')
  const chosenEnd = end === 'date' ? momentOf(date, zone) : null
  const passed = chosenEnd !== null && chosenEnd.getTime() <= Date.now()
  const noEnd = end === 'date' && (chosenEnd === null || passed)
  const target = targets.find(({ id }) => id === chosen)

  const stop = useMutation({
    mutationFn: (body: Schemas['PauseRequest']) => answered(api.POST('/pauses', { body })),
    ...tryAgain,
    onSuccess: (done) => {
      const under = done.underWay > 0 ? ` ${t('stop.under_way', { count: done.underWay })}` : ''
      notifications.show({
        color: 'red',
        title: t('stop.done', { name: done.name }),
        message: `${t('stop.stopped', { count: done.stopped })}${under}`,
      })
      close()
    },
    onSettled: () => queries.invalidateQueries(),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '' || noEnd) return
    const milliseconds = end === 'date' ? null : ends[end]
    const endsAt = chosenEnd ?? (milliseconds === null ? null : new Date(Date.now() + milliseconds))
    stop.mutate({
      scope: target?.scope ?? 'firm',
      ...(target ? { target: target.id } : {}),
      reason: reason.trim(),
      ...(endsAt === null ? {} : { endsAt: endsAt.toISOString() }),
    })
  }
  return (
    <Modal
      opened
      onClose={close}
      title={t('stop.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        <Stack gap="lg">
          <Radio.Group label={t('stop.scope')} value={chosen} onChange={setChosen}>
            <Stack gap="xs" mt={6}>
              {targets.map(({ scope, id, name }) => (
                <Radio
                  key={id}
                  value={id}
                  label={scope === 'client' ? t('stop.client', { name }) : t('stop.matter', { name })}
                />
              ))}
              <Radio value="firm" label={t('stop.firm')} />
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('stop.reason')}
            description={t('stop.reason_hint')}
            required
            data-autofocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Select
            label={t('stop.until')}
            value={end}
            allowDeselect={false}
            onChange={(value) => setEnd((value as End | null) ?? 'open')}
            data={[
              { value: 'open', label: t('stop.open_end') },
              { value: 'h1', label: t('stop.hours', { count: 1 }) },
              { value: 'h4', label: t('stop.hours', { count: 4 }) },
              { value: 'd1', label: t('stop.days', { count: 1 }) },
              { value: 'd7', label: t('stop.days', { count: 7 }) },
              { value: 'date', label: t('stop.at_date') },
            ]}
          />
          {end === 'date' && (
            <TextInput
              type="datetime-local"
              label={t('stop.date')}
              description={t('stop.date_hint', { zone: cityOf(zone) })}
              required
              min={wallOf(new Date(), zone)}
              error={passed ? t('stop.date_passed') : undefined}
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
            />
          )}
          <HeldNow target={target} />
          {stop.isError && <Problem error={stop.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('stop.cancel')}
            </Button>
            <Button
              type="submit"
              color="red.9"
              loading={stop.isPending}
              disabled={reason.trim() === '' || noEnd}
            >
              {t('stop.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const previewed = 4

function HeldNow({ target }: { target: StopTarget | undefined }) {
  const { t } = useWords()
  const why = useReasons()
  const query = useInfiniteQuery(heldQuery(target ? { [target.scope]: target.id } : {}))
  const items = itemsOf(query)
  return (
    <section className="held-now" aria-label={t('stop.now')}>
      <p className="small-head">{t('stop.now')}</p>
      {query.isPending ? (
        <Skeleton height={14} width="60%" />
      ) : items.length === 0 ? (
        <p className="dim">{t('stop.none_held')}</p>
      ) : (
        <ul>
          {items.slice(0, previewed).map((item) => (
            <li key={item.id}>
              <span className="strong">{item.client ?? t('list.unknown_client')}</span> ·{' '}
              {readable(item.template || item.rule)}
              <span className="dim"> · {why(item.reason)}</span>
            </li>
          ))}
          {(items.length > previewed || query.hasNextPage) && <li className="dim">{t('stop.and_more')}</li>}
        </ul>
      )}
    </section>
  )
}
