/** Reminders to come, and the dates that the CMS has. */
import type { Schemas } from '../api/client.ts'
import { Moment } from '../parts/moment.tsx'
import { Tag } from '../parts/tag.tsx'
import { readable, section, useWords } from '../words/index.ts'
import { cityOf, useMoments } from '../words/moments.ts'
import { useReasons } from '../words/reasons.ts'
import { Section } from './section.tsx'

type Reminder = Schemas['UpcomingReminder']

/** @param props.matters whether each says of which matter it is */
export function Coming(props: {
  reminders: readonly Reminder[]
  clientZone: string | null
  matters?: boolean
}) {
  const { t } = useWords()
  const { reminders } = props
  return (
    <Section
      title={t('subject.coming')}
      count={reminders.length}
      empty={reminders.length === 0 && t('subject.none_coming')}
    >
      <ul className="lines">
        {reminders.map((reminder) => (
          <ReminderLine key={reminder.id} reminder={reminder} matter={props.matters === true} />
        ))}
      </ul>
    </Section>
  )
}

function ReminderLine({ reminder, matter }: { reminder: Reminder; matter: boolean }) {
  const { t, language } = useWords()
  const { moment, zone } = useMoments()
  const why = useReasons()
  const { channels, audience } = reminder
  const named = section(language, 'channel')
  const open = channels.filter((one) => one.verdict !== 'suppress')
  const closed = channels.map((one) => `${named[one.channel]}: ${why(one.reason)}`)
  return (
    <li>
      <p className="part-head">
        <span className="strong">
          <Moment at={reminder.dueAt} clientZone={reminder.zone} />
        </span>
        {reminder.zoneOf === 'firm' && <span className="dim">({t('subject.zone_firm')})</span>}
        {reminder.zoneOf === 'client' && reminder.zone !== zone && (
          <span className="dim">{cityOf(reminder.zone)}</span>
        )}
        {reminder.state === 'checking' && <Tag tone="info">{t('subject.checking')}</Tag>}
        {audience !== 'client' && (
          <Tag>{t(audience === 'attorney' ? 'subject.to_attorney' : 'subject.to_participants')}</Tag>
        )}
        {matter && <span className="dim">{reminder.matter}</span>}
      </p>
      <p>
        {t('subject.reminds_of', {
          what: reminder.what ?? readable(reminder.plan),
          when: moment(reminder.startsAt),
        })}
      </p>
      {open.length > 0 && (
        <p className="dim">
          {t('subject.will_say', {
            channels: open
              .map((one) => [named[one.channel], one.address].filter(Boolean).join(' '))
              .join(', '),
          })}
          {open.map((one) => one.verdict === 'hold' && one.reason && ` · ${why(one.reason)}`)}
        </p>
      )}
      {channels.length > 0 && open.length === 0 && (
        <p className="dim">{t('subject.will_not', { reasons: closed.join('; ') })}</p>
      )}
    </li>
  )
}

export function Dates(props: { dates: readonly Schemas['HeldDate'][]; now: string; matters?: boolean }) {
  const { t } = useWords()
  const { moment } = useMoments()
  if (props.dates.length === 0) return null
  return (
    <Section title={t('subject.dates')}>
      <ul className="lines">
        {props.dates.map((date) => (
          <li key={date.id} data-past={(date.startsAt !== null && date.startsAt < props.now) || undefined}>
            <p className="part-head">
              <span className="strong">{date.what ?? '–'}</span>
              {date.startsAt ? (
                date.allDayOn ? (
                  <span>
                    {date.allDayOn} ({t('subject.all_day')})
                  </span>
                ) : (
                  <Moment at={date.startsAt} />
                )
              ) : (
                <Tag tone="warn">{t('subject.no_time')}</Tag>
              )}
              {date.removedAt && <Tag tone="bad">{t('subject.off')}</Tag>}
              {props.matters && <span className="dim">{date.matter}</span>}
            </p>
            <p className="dim">
              {[date.where, t('subject.as_of', { when: moment(date.observedAt) })]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
