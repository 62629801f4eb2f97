/** What the page of reports asks for. */
import { queryOptions } from '@tanstack/react-query'
import { answered, api } from './client.ts'

/** As it stands in the address bar. */
export interface ReportSearch {
  from?: string | undefined
  to?: string | undefined
  by?: 'day' | 'week' | 'month' | undefined
  channel?: 'sms' | 'email' | undefined
  purpose?: 'status' | 'reminder' | 'conversation' | 'billing' | 'intake' | 'marketing' | undefined
  template?: string | undefined
  practiceArea?: string | undefined
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const given = <T extends object>(search: T): Given<T> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Given<T>

export const messageReportQuery = (search: ReportSearch) =>
  queryOptions({
    queryKey: ['reports', 'messages', given(search)],
    queryFn: ({ signal }) =>
      answered(api.GET('/reports/messages', { params: { query: given(search) }, signal })),
    // The figures of before stay until those of other days are there.
    placeholderData: (before) => before,
  })

export const reportChoicesQuery = queryOptions({
  queryKey: ['reports', 'choices'],
  queryFn: ({ signal }) => answered(api.GET('/reports/choices', { signal })),
  staleTime: 5 * 60_000,
})

/** Where the browser gets a report as a file. */
export const reportFile = (file: string, search: ReportSearch & { language?: string }): string => {
  const query = new URLSearchParams(given(search) as Record<string, string>).toString()
  return `/api/v1/reports/${file}${query === '' ? '' : `?${query}`}`
}

/** Of what is narrowed by days and practice area alone. */
const whole = ({ from, to, practiceArea }: ReportSearch) => given({ from, to, practiceArea })

export const questionReportQuery = (search: ReportSearch) =>
  queryOptions({
    queryKey: ['reports', 'questions', whole(search)],
    queryFn: ({ signal }) =>
      answered(api.GET('/reports/questions', { params: { query: whole(search) }, signal })),
    placeholderData: (before) => before,
  })
export const responseReportQuery = (search: ReportSearch) =>
  queryOptions({
    queryKey: ['reports', 'response-times', whole(search)],
    queryFn: ({ signal }) =>
      answered(api.GET('/reports/response-times', { params: { query: whole(search) }, signal })),
    placeholderData: (before) => before,
  })

/** Where the browser gets one of these as a file. */
export const wholeReportFile = (file: string, search: ReportSearch): string => reportFile(file, whole(search))
