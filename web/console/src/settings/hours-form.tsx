/** The form for quiet hours, zone and cap; what it would do to what waits is shown while one chooses. */
import { Checkbox, Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { hoursPreviewQuery, settingsKey } from '../api/settings.ts'
import { useDeed } from '../parts/deed.ts'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'
import { minutesIn } from './hours-words.tsx'
import { Mistakes, Overtaken, PublishDeeds } from './publish.tsx'

type Hours = Schemas['FirmHours']
type Quiet = NonNullable<Hours['quietHours']>

/** What is proposed to who had none. */
const usual: Quiet = { from: '21:00', until: '08:00', mail: false, urgent: 'wait', spread: 'PT10M' }

const zones = Intl.supportedValuesOf('timeZone')

export function HoursForm({ found, close }: { found: Schemas['HoursSettings']; close: () => void }) {
  const { t } = useWords()
  const [hours, setHours] = useState(found.hours)
  const [basedOn, setBasedOn] = useState(found.edition)
  const [asked] = useDebouncedValue(hours, 200)
  const preview = useQuery(hoursPreviewQuery(asked))
  const { quietHours: quiet, cap } = hours
  const change = (part: Partial<Hours>) => setHours((before) => ({ ...before, ...part }))
  const changeQuiet = (part: Partial<Quiet>) => change({ quietHours: { ...(quiet ?? usual), ...part } })
  const publish = useDeed({
    act: (reason: string) => answered(api.PUT('/settings/hours', { body: { hours, basedOn, reason } })),
    touches: [settingsKey, ['list'], ['queue'], meQuery.queryKey],
    explains: true,
    said: ({ touched }) => ({
      title: t('hours.published'),
      message: touched === 0 ? t('hours.touched_none') : t('hours.touched', { count: touched }),
    }),
  })
  const overtaken = found.edition !== basedOn && !publish.isPending
  const touched = JSON.stringify(hours) !== JSON.stringify(found.hours)
  const known = preview.data && asked === hours && !preview.isPlaceholderData
  return (
    <section className="part" aria-label={t('hours.edit')}>
      <Stack gap="md" maw={560}>
        <Select
          label={t('hours.form_zone')}
          searchable
          allowDeselect={false}
          data={zones.includes(hours.timeZone) ? zones : [hours.timeZone, ...zones]}
          value={hours.timeZone}
          limit={60}
          onChange={(timeZone) => timeZone && change({ timeZone })}
        />
        <Switch
          label={t('hours.form_on')}
          checked={quiet !== null}
          onChange={(event) =>
            change({ quietHours: event.currentTarget.checked ? (found.hours.quietHours ?? usual) : null })
          }
        />
        {quiet && (
          <>
            <Group>
              <TextInput
                type="time"
                label={t('hours.form_start')}
                value={quiet.from}
                onChange={(event) => changeQuiet({ from: event.currentTarget.value })}
              />
              <TextInput
                type="time"
                label={t('hours.form_until')}
                value={quiet.until}
                onChange={(event) => changeQuiet({ until: event.currentTarget.value })}
              />
            </Group>
            <Checkbox
              label={t('hours.form_mail')}
              checked={quiet.mail}
              onChange={(event) => changeQuiet({ mail: event.currentTarget.checked })}
            />
            <Checkbox
              label={t('hours.form_urgent')}
              checked={quiet.urgent === 'send'}
              onChange={(event) => changeQuiet({ urgent: event.currentTarget.checked ? 'send' : 'wait' })}
            />
            <NumberInput
              label={t('hours.form_spread')}
              min={0}
              max={600}
              allowDecimal={false}
              value={minutesIn(quiet.spread)}
              onChange={(minutes) => changeQuiet({ spread: `PT${Number(minutes) || 0}M` })}
            />
          </>
        )}
        {(found.digests.length > 0 || cap) && (
          <Switch
            label={t('hours.form_cap')}
            checked={cap !== null}
            onChange={(event) =>
              change({
                cap: event.currentTarget.checked
                  ? (found.hours.cap ?? { perDay: 3, digest: found.digests[0]! })
                  : null,
              })
            }
          />
        )}
        {cap && (
          <Group align="flex-end">
            <NumberInput
              label={t('hours.form_per_day')}
              min={1}
              max={100}
              allowDecimal={false}
              value={cap.perDay}
              onChange={(perDay) => change({ cap: { ...cap, perDay: Number(perDay) || 1 } })}
            />
            <Select
              label={t('hours.form_digest')}
              allowDeselect={false}
              data={found.digests}
              value={cap.digest}
              onChange={(digest) => digest && change({ cap: { ...cap, digest } })}
            />
          </Group>
        )}
      </Stack>
      <div role="status" className="effect">
        <p className="small-head">{t('hours.effect')}</p>
        {preview.isError && <Problem error={preview.error} />}
        {preview.data && <Effect of={preview.data} />}
      </div>
      {overtaken && <Overtaken change={found} take={() => setBasedOn(found.edition)} />}
      <PublishDeeds
        ready={touched && !overtaken && known === true && preview.data.problems.length === 0}
        publish={publish}
        close={close}
      />
    </section>
  )
}

const shifts = ['atOnce', 'sooner', 'later', 'same'] as const
const shiftWords = {
  atOnce: 'hours.at_once',
  sooner: 'hours.sooner',
  later: 'hours.later',
  same: 'hours.same',
} as const

function Effect({ of }: { of: Schemas['HoursPreview'] }) {
  const { t } = useWords()
  if (of.problems.length > 0) return <Mistakes problems={of.problems} />
  if (of.waiting === 0) return <p>{t('hours.waiting_none')}</p>
  const moved = shifts.filter((shift) => of[shift] > 0)
  return (
    <p>
      {t('hours.judged')} {t('hours.waiting', { count: of.waiting })}{' '}
      {moved.map((shift) => t(shiftWords[shift], { count: of[shift] })).join(', ')}.
    </p>
  )
}
