/** Whose weekends and holidays reminders keep, plan by plan. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { settingsKey } from '../api/settings.ts'
import { useDeed } from '../parts/deed.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row } from '../parts/rows.tsx'
import { useWords } from '../words/index.ts'

type Plan = Schemas['HoursSettings']['plans'][number]

export function DaysOff({ plans }: { plans: readonly Plan[] }) {
  const { t } = useWords()
  if (plans.length === 0) return null
  return (
    <section className="part" aria-labelledby="days-off">
      <h2 id="days-off">{t('hours.off')}</h2>
      <p className="dim">{t('hours.off_hint')}</p>
      <List label={t('hours.off')}>
        {plans.map((plan) => (
          <PlanRow key={plan.key} plan={plan} />
        ))}
      </List>
    </section>
  )
}

function PlanRow({ plan }: { plan: Plan }) {
  const { t } = useWords()
  const may = useMay('configure')
  const [editing, setEditing] = useState(false)
  const { key, daysOff } = plan
  const where = daysOff && [daysOff.country, daysOff.state].filter(Boolean).join('-')
  const said = where ? t('hours.off_of', { plan: key, where }) : t('hours.off_none', { plan: key })
  return (
    <Row name={said}>
      <div className="row-line">
        <p className="row-main">{said}</p>
        {may && (
          <div className="row-deeds">
            <Button
              size="xs"
              variant="default"
              data-key="e"
              aria-label={t('hours.off_change_of', { plan: key })}
              onClick={() => setEditing(true)}
            >
              {t('hours.off_change')}
            </Button>
          </div>
        )}
      </div>
      {editing && <PlanDialog plan={plan} close={() => setEditing(false)} />}
    </Row>
  )
}

function PlanDialog({ plan, close }: { plan: Plan; close: () => void }) {
  const { t } = useWords()
  const [country, setCountry] = useState(plan.daysOff?.country ?? '')
  const [state, setState] = useState(plan.daysOff?.state ?? '')
  const [reason, setReason] = useState('')
  // What holds when it is opened is what is changed: another edition since then is a conflict.
  const [basedOn] = useState(plan.edition)
  const publish = useDeed({
    act: () =>
      answered(
        api.PUT('/settings/days-off/{plan}', {
          params: { path: { plan: plan.key } },
          body: {
            daysOff:
              country.trim() === ''
                ? null
                : { country: country.trim().toUpperCase(), state: state.trim() || null },
            basedOn,
            reason: reason.trim(),
          },
        }),
      ),
    touches: [settingsKey],
    explains: true,
    said: () => ({ title: t('hours.published') }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    publish.mutate(undefined, { onSuccess: close })
  }
  return (
    <Modal
      opened
      onClose={close}
      title={t('hours.off_edit', { plan: plan.key })}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput
            label={t('hours.off_country')}
            maxLength={2}
            data-autofocus
            value={country}
            onChange={(event) => setCountry(event.currentTarget.value)}
          />
          <TextInput
            label={t('hours.off_state')}
            maxLength={100}
            value={state}
            onChange={(event) => setState(event.currentTarget.value)}
          />
          <Textarea
            label={t('hours.reason')}
            description={t('hours.reason_hint')}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {publish.isError && <Problem error={publish.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('stop.cancel')}
            </Button>
            <Button type="submit" loading={publish.isPending} disabled={reason.trim() === ''}>
              {t('hours.publish_now')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
