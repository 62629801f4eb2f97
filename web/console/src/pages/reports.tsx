/** Reports: what was written to clients, what became of it, and how fast. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { messageReportQuery, type ReportSearch, reportFile } from '../api/reports.ts'
import { Calm } from '../parts/calm.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Waiting } from '../parts/rows.tsx'
import { Filters } from '../reports/filters.tsx'
import { Messages } from '../reports/messages.tsx'
import { Questions } from '../reports/questions.tsx'
import { Responses } from '../reports/responses.tsx'
import { useWords } from '../words/index.ts'

const route = getRouteApi('/inside/reports')

export function ReportsPage() {
  const { t, language } = useWords()
  const search = route.useSearch()
  const go = route.useNavigate()
  const query = useQuery(messageReportQuery(search))
  const { data } = query
  const show = (wanted: ReportSearch) => void go({ search: wanted, resetScroll: false })
  const at = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: data?.zone,
  })
  return (
    <Page
      title={t('reports.title')}
      lead={t('reports.lead')}
      actions={
        <>
          <Button component="a" variant="default" href={reportFile('messages.csv', search)} download>
            {t('reports.csv')}
          </Button>
          <Button
            component="a"
            variant="default"
            href={reportFile('messages.pdf', { ...search, language })}
            download
          >
            {t('reports.pdf')}
          </Button>
        </>
      }
    >
      <Filters search={search} show={show} />
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {data && (
        <p className="dim report-days" aria-live="polite">
          <span className="strong">
            {t('reports.period', { from: dayOf(data.from), to: dayOf(data.to) })}
          </span>{' '}
          {t('reports.zone', { zone: data.zone, at: at.format(new Date(data.at)) })}
        </p>
      )}
      {data && data.total.messages === 0 && <Calm title={t('reports.none')} />}
      {data && data.total.messages > 0 && <Messages report={data} />}
      {/* Further down, and longer to work out: they do not keep waiting what is seen first. */}
      {query.isFetched && (
        <>
          <Questions search={search} />
          <Responses search={search} />
        </>
      )}
    </Page>
  )

  function dayOf(day: string): string {
    const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
    return format.format(new Date(`${day}T00:00:00Z`))
  }
}
