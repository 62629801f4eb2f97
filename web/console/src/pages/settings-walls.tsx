/** Ethical walls: which matters are closed to whom, and why. */
import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { staffQuery, wallsQuery } from '../api/settings.ts'
import { Ask } from '../parts/ask.tsx'
import { Calm } from '../parts/calm.tsx'
import { useDeed } from '../parts/deed.ts'
import { Problem } from '../parts/problem.tsx'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { SettingsFrame } from '../settings/frame.tsx'
import { MatterChoice } from '../settings/matter-choice.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'

/** Everything may look different to somebody from whom a matter was just hidden: also to whoever did it. */
const touches = [wallsQuery.queryKey, staffQuery.queryKey, ['list'], ['trace'], ['search']]

export function WallsPage() {
  const { t } = useWords()
  const [closing, setClosing] = useState(false)
  return (
    <SettingsFrame
      title={t('settings.walls.title')}
      lead={t('settings.walls.lead')}
      right="administer"
      actions={<Button onClick={() => setClosing(true)}>{t('settings.walls.close')}</Button>}
    >
      <Walls />
      {closing && <CloseDialog close={() => setClosing(false)} />}
    </SettingsFrame>
  )
}

function Walls() {
  const { t } = useWords()
  const query = useQuery(wallsQuery)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />
  const { items } = query.data
  if (items.length === 0)
    return <Calm title={t('settings.walls.empty')} hint={t('settings.walls.empty_hint')} />
  return (
    <List label={t('settings.walls.title')}>
      {items.map((wall) => (
        <WallRow key={`${wall.staffId} ${wall.matterId}`} wall={wall} />
      ))}
    </List>
  )
}

function WallRow({ wall }: { wall: Schemas['Wall'] }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const [asking, setAsking] = useState(false)
  const { matter, matterId, staffId, name, reason, createdAt, createdBy } = wall
  const lift = useDeed({
    act: (why: string) =>
      answered(
        api.POST('/walls/{staffId}/{matterId}/lift', {
          params: { path: { staffId, matterId } },
          body: { reason: why },
        }),
      ),
    explains: true,
    touches,
    said: () => ({ title: t('settings.walls.lifted', { name }) }),
  })
  return (
    <Row name={`${matter}: ${t('settings.walls.closed_to', { name })}`}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="about">
              <Link
                className="about-client"
                to="/trace"
                search={{ q: matterId, as: 'matter' }}
                data-key="Enter"
              >
                {matter}
              </Link>
              <Tag tone="warn">{t('settings.walls.closed_to', { name })}</Tag>
            </span>
          </p>
          <p className="row-mid">
            {t('settings.walls.by', { by: createdBy, at: moment(createdAt), reason })}
          </p>
        </div>
        <div className="row-deeds">
          <Button
            size="xs"
            variant="default"
            data-key="e"
            aria-label={t('settings.walls.lift_of', { matter, name })}
            onClick={() => setAsking(true)}
          >
            {t('settings.walls.lift')}
          </Button>
        </div>
      </div>
      {asking && (
        <Ask
          title={t('settings.walls.lift_title', { matter, name })}
          label={t('settings.reason')}
          hint={t('settings.reason_hint')}
          submit={t('settings.walls.lift_submit')}
          busy={lift.isPending}
          close={() => setAsking(false)}
          answer={(why) => lift.mutate(why, { onSettled: () => setAsking(false) })}
        />
      )}
    </Row>
  )
}

function CloseDialog({ close }: { close: () => void }) {
  const { t } = useWords()
  const { data: staff } = useQuery(staffQuery)
  const [matter, setMatter] = useState<string | null>(null)
  const [staffId, setStaffId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const people = (staff?.items ?? []).filter(({ state }) => state !== 'removed')
  const raise = useDeed({
    act: (body: Schemas['WallRequest']) => answered(api.POST('/walls', { body })),
    explains: true,
    touches,
    said: () => ({
      title: t('settings.walls.closed', { name: people.find(({ id }) => id === staffId)?.name ?? '' }),
    }),
  })
  const whole = matter !== null && staffId !== null && reason.trim() !== ''
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (whole) raise.mutate({ matter, staffId, reason: reason.trim() }, { onSuccess: close })
  }
  return (
    <Modal
      opened
      onClose={close}
      title={t('settings.walls.close_title')}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          <MatterChoice value={matter} choose={setMatter} />
          <Select
            label={t('settings.walls.person')}
            required
            searchable
            data={people.map(({ id, name, email }) => ({
              value: id,
              label: email ? `${name} (${email})` : name,
            }))}
            value={staffId}
            onChange={setStaffId}
          />
          <Textarea
            label={t('settings.reason')}
            description={t('settings.reason_hint')}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('stop.cancel')}
            </Button>
            <Button type="submit" loading={raise.isPending} disabled={!whole}>
              {t('settings.walls.close_submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
