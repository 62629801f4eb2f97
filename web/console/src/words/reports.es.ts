import { reportWords } from '../../../../contracts/report-words.ts'
import type { reportsEn } from './reports.en.ts'
import type { Same } from './same.ts'

/** The words of the page of reports, in Spanish. */
export const reportsEs: Same<typeof reportsEn> = {
  ...reportWords.es,
  filters: 'De qué tratan los informes',
  preset: 'Periodo',
  own_days: 'Los días de abajo',
  last_7: 'Últimos 7 días',
  last_30: 'Últimos 30 días',
  last_90: 'Últimos 90 días',
  this_month: 'Este mes',
  last_month: 'El mes pasado',
  this_year: 'Este año',
  first_day: 'Desde',
  last_day: 'Hasta',
  by: 'Agrupado por',
  by_what_fits: 'Lo que convenga',
  by_day: 'Día',
  by_week: 'Semana',
  by_month: 'Mes',
  any: 'Todos',
  show: 'Mostrar',
  clear: 'Quitar',
  csv: 'Tabla (CSV)',
  csv_of: 'Tabla (CSV): {{title}}',
  pdf: 'PDF',
  as_table: 'Como tabla',
  chart: 'Gráfico: {{title}}',
}
