/** The torture firm, which now reminds of appointments and lets its clients sleep. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What week-model.ts says in its own words. */
const plan = `
- key: week
  when: 'true'
  template: reminder
  channels: [sms]
  steps:
    - { key: day-before, before: PT24H }
    - { key: evening-before, at: '18:00', daysBefore: 1, past: send }
    - { key: two-hours, before: PT2H }
  moved: { template: reminder }
  cancelled: { template: reminder }
`

/** Names the step, so that the judge knows which it is. */
const template = `
key: reminder
languages:
  en:
    sms: '{{ event.step }}: {{ event.summary }} on {{ event.start_at | datetime }}.'
`

/** @returns its directory, to be removed */
export function firmOfReminders(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tipstaff-firm-'))
  cpSync(join(import.meta.dirname, 'firm'), dir, { recursive: true })
  const file = join(dir, 'firm.yaml')
  const text = readFileSync(file, 'utf8')
  // The names under which the tests' world knows the sandbox's address and credentials.
  const named = text
    .replaceAll('env:TORTURE_URL', 'env:TIPSTAFF_SHARED_TWILIO_URL')
    .replaceAll('env:TORTURE_', 'env:TIPSTAFF_SHARED_')
  if (named === text) throw new Error('firm.yaml names no references')
  writeFileSync(file, named)
  // Not spread over minutes: the model knows when each is due.
  appendFileSync(file, "\nquietHours: { from: '21:00', until: '08:00', spread: PT0S }\n")
  writeFileSync(join(dir, 'reminders.yaml'), plan)
  writeFileSync(join(dir, 'templates', 'reminder.yaml'), template)
  return dir
}
