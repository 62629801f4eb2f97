/**
 * An example of each operation, for openapi.json. A test holds each against the schemas of its route, and fails for a route
 * that has none.
 */
import { firmExamples } from './firm.ts'
import { reportExamples } from './reports.ts'
import { settingsExamples } from './settings.ts'
import { staffExamples } from './staff.ts'
import { subjectExamples } from './subjects.ts'
import { traceExamples } from './trace.ts'
import type { Example, Examples } from './types.ts'
import { workExamples } from './work.ts'

export type { Example } from './types.ts'

export const examples: Examples = {
  ...traceExamples,
  ...subjectExamples,
  ...workExamples,
  ...firmExamples,
  ...settingsExamples,
  ...staffExamples,
  ...reportExamples,
}

export const exampleOf = (method: string, path: string): Example | undefined => examples[`${method} ${path}`]
