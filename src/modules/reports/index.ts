/** Reports over what was said and what became of it. They read, and write nothing. */

export { reportDocument, writeReport } from './document.ts'
export { messageCsv, questionCsv, responseCsv } from './message-csv.ts'
export { reportChoices } from './message-store.ts'
export { everything, messageReport, type ReportRange, reportRange } from './messages.ts'
export { questionReport } from './questions.ts'
export { renderReportHtml } from './render-html.ts'
export { renderReportText } from './render-text.ts'
export { rangeOf, reminderReport, reportDays } from './report.ts'
export { responseReport } from './responses.ts'
export { pastAppointments, readPlace } from './store.ts'
