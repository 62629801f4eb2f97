/** What reminders came to. */
import { useQuery } from '@tanstack/react-query'
import { reminderReportQuery } from '../api/queries.ts'
import { Calm } from '../parts/calm.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { Table } from '../parts/table.tsx'
import { readable, useWords } from '../words/index.ts'

export function RemindersPage() {
  const { t, language } = useWords()
  const query = useQuery(reminderReportQuery(undefined, undefined))
  const share = (value: number | null) =>
    value === null
      ? '–'
      : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(value)
  const { data } = query
  return (
    <Page title={t('reminders.title')} lead={t('reminders.lead')}>
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {data && data.total.appointments === 0 && <Calm title={t('reminders.empty')} />}
      {data && data.total.appointments > 0 && (
        <>
          <dl className="figures">
            {(['appointments', 'reminded', 'confirmed', 'kept', 'missed'] as const).map((name) => (
              <div key={name}>
                <dt>{t(`reminders.${name}`)}</dt>
                <dd>{data.total[name]}</dd>
              </div>
            ))}
            <div>
              <dt>{t('reminders.missed_share')}</dt>
              <dd>{share(data.total.missedShare)}</dd>
            </div>
          </dl>
          <Table
            title={t('reminders.by_answer')}
            head={[
              t('reminders.answer'),
              t('reminders.appointments'),
              t('reminders.kept'),
              t('reminders.missed'),
              t('reminders.missed_share'),
            ]}
            rows={data.answers.map((one) => [
              t(one.answer === 'confirmed' ? 'reminders.confirmed_answer' : `reminders.${one.answer}`),
              one.appointments,
              one.kept,
              one.missed,
              share(one.missedShare),
            ])}
          />
          <Table
            title={t('reminders.by_type')}
            head={[
              t('reminders.type'),
              t('reminders.appointments'),
              t('reminders.reminded'),
              t('reminders.confirmed'),
              t('reminders.another'),
              t('reminders.missed_share'),
            ]}
            rows={data.types.map((one) => [
              one.type ?? t('reminders.unnamed'),
              one.appointments,
              one.reminded,
              one.confirmed,
              one.anotherDate,
              share(one.missedShare),
            ])}
          />
          <Table
            title={t('reminders.by_step')}
            head={[
              t('reminders.step'),
              t('reminders.sent'),
              t('reminders.confirmed'),
              t('reminders.another'),
              t('reminders.missed_share'),
            ]}
            rows={data.steps.map((one) => [
              `${readable(one.plan)} · ${one.step}`,
              one.reminders,
              one.confirmed,
              one.anotherDate,
              share(one.missedShare),
            ])}
          />
        </>
      )}
    </Page>
  )
}
