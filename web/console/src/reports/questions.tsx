/** Texts from clients after a change: of those who were told, and of those who were not. */
import { useQuery } from '@tanstack/react-query'
import { bars } from '../../../../contracts/charts.ts'
import { questionReportQuery, type ReportSearch, wholeReportFile } from '../api/reports.ts'
import { Drawing } from '../parts/drawing.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { Table } from '../parts/table.tsx'
import { useFigures } from './figures.ts'

/** As the server has it (contracts/message-reports.ts), which pages do without for its library. */
const enoughChanges = 30

export function Questions({ search }: { search: ReportSearch }) {
  const { t, count, language } = useFigures()
  const query = useQuery(questionReportQuery(search))
  const { data } = query
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const rateOf = (value: number | null) => (value === null ? '–' : rate.format(value))
  const title = t('reports.questions')
  const fills = { told: 'solid', not_told: 'empty', before: 'hatch' } as const
  return (
    <div className="report-part">
      <h2>{title}</h2>
      <p className="dim">{t('reports.questions_about', { days: data?.days ?? 7 })}</p>
      <p className="dim">{t('reports.questions_limits')}</p>
      {(search.channel || search.purpose || search.template) && (
        <p className="dim">{t('reports.not_narrowed')}</p>
      )}
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {data && data.until === null && (
        <p className="report-note">{t('reports.no_changes', { days: data.days })}</p>
      )}
      {data && data.until !== null && (
        <>
          <Drawing
            title={t('reports.chart', { title })}
            draw={(sheet) =>
              bars(
                data.groups.map((g) => ({
                  label: t(`reports.groups.${g.group}`),
                  value: g.perHundredWeeks ?? 0,
                  words: rateOf(g.perHundredWeeks),
                  fill: fills[g.group],
                })),
                sheet,
              )
            }
          />
          <p className="report-note strong">
            {data.fewerTexts === null
              ? t('reports.too_few', { enough: enoughChanges })
              : t(data.fewerTexts < 0 ? 'reports.more' : 'reports.fewer', {
                  count: Math.abs(data.fewerTexts),
                })}
          </p>
          <Table
            bare
            title={title}
            head={[
              t('reports.group'),
              t('reports.changes'),
              t('reports.weeks'),
              t('reports.client_texts'),
              t('reports.rate'),
            ]}
            rows={data.groups.map((g) => [
              t(`reports.groups.${g.group}`),
              count(g.changes),
              rate.format(g.weeks),
              count(g.texts),
              rateOf(g.perHundredWeeks),
            ])}
          />
          <a className="report-file" href={wholeReportFile('questions.csv', search)} download>
            {t('reports.csv_of', { title })}
          </a>
        </>
      )}
    </div>
  )
}
