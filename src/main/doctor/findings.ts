/** What a check says. Each is one line for people, and one object in JSON. */
export interface Finding {
  /** `database.settings`, `connection harbor-pike-twilio` … */
  name: string
  status: 'ok' | 'warn' | 'fail'
  detail: string
  /** What to do; absent when all is well. */
  todo?: string
}

export const ok = (name: string, detail: string): Finding => ({ name, status: 'ok', detail })
export const warn = (name: string, detail: string, todo: string): Finding => ({
  name,
  status: 'warn',
  detail,
  todo,
})
export const fail = (name: string, detail: string, todo: string): Finding => ({
  name,
  status: 'fail',
  detail,
  todo,
})
