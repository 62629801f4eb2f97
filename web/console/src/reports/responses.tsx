/** How fast staff answered, and how fast a change elsewhere became a delivered message. */
import { useQuery } from '@tanstack/react-query'
import type { reportWords } from '../../../../contracts/report-words.ts'
import { type ReportSearch, responseReportQuery, wholeReportFile } from '../api/reports.ts'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { Table } from '../parts/table.tsx'
import { section, wordOr } from '../words/index.ts'
import { useFigures } from './figures.ts'

export function Responses({ search }: { search: ReportSearch }) {
  const { t, language, count, time } = useFigures()
  const query = useQuery(responseReportQuery(search))
  const { data } = query
  const kinds = (section(language, 'reports') as unknown as typeof reportWords.en).kinds
  return (
    <>
      <div className="report-part">
        <h2>{t('reports.responses')}</h2>
        <p className="dim">{t('reports.responses_about')}</p>
        {query.isPending && <Waiting />}
        {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
        {data && data.tasks.length === 0 && <p className="report-note">{t('reports.no_tasks')}</p>}
        {data && (
          <Table
            bare
            title={t('reports.responses')}
            head={[
              t('reports.task'),
              t('reports.tasks'),
              t('reports.done'),
              t('reports.open'),
              t('reports.median'),
              t('reports.p90'),
            ]}
            rows={data.tasks.map((one) => [
              wordOr(kinds, one.kind),
              count(one.tasks),
              count(one.done),
              count(one.open),
              time(one.median),
              time(one.p90),
            ])}
          />
        )}
      </div>
      <div className="report-part">
        <h2>{t('reports.changes_speed')}</h2>
        <p className="dim">{t('reports.changes_speed_about')}</p>
        {data && data.changes.length === 0 && <p className="report-note">{t('reports.no_deliveries')}</p>}
        {data?.changes.map(({ channel, messages, steps }) => (
          <Table
            key={channel}
            title={`${t(`reports.channels.${channel}`)}: ${t('reports.messages')} ${count(messages)}`}
            head={[t('reports.step'), t('reports.median'), t('reports.p90')]}
            rows={steps.map((one) => [t(`reports.steps.${one.step}`), time(one.median), time(one.p90)])}
          />
        ))}
        {data && (
          <a className="report-file" href={wholeReportFile('response-times.csv', search)} download>
            {t('reports.csv_of', { title: t('reports.responses') })}
          </a>
        )}
      </div>
    </>
  )
}
