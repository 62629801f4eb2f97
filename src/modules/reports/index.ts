/** Reports over what was said and what became of it. They read, and write nothing. */

export { renderReportHtml } from './render-html.ts'
export { renderReportText } from './render-text.ts'
export { rangeOf, reminderReport, reportDays } from './report.ts'
export { pastAppointments, readPlace } from './store.ts'
