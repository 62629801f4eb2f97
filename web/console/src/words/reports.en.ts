import { reportWords } from '../../../../contracts/report-words.ts'

/** The words of the page of reports, in English: those of the PDF, and what only a page has. */
export const reportsEn = {
  ...reportWords.en,
  filters: 'What the reports are about',
  preset: 'Period',
  own_days: 'Days as below',
  last_7: 'Last 7 days',
  last_30: 'Last 30 days',
  last_90: 'Last 90 days',
  this_month: 'This month',
  last_month: 'Last month',
  this_year: 'This year',
  first_day: 'From',
  last_day: 'To',
  by: 'Grouped by',
  by_what_fits: 'What fits',
  by_day: 'Day',
  by_week: 'Week',
  by_month: 'Month',
  any: 'All',
  show: 'Show',
  clear: 'Clear',
  csv: 'Table (CSV)',
  pdf: 'PDF',
  as_table: 'As a table',
  chart: 'Chart: {{title}}',
} as const
