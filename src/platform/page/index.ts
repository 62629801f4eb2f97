/** Pages that hold everything they show: markup that text can't break out of, and drawings that need no colour. */
export { barChart, percent, shareChart } from './charts.ts'
export { esc, html, join, type Markup } from './markup.ts'
