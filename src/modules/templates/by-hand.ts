/** Templates that staff may send by hand, and what they type into them. Pure. */
import { z } from 'zod'
import { purposes } from '../../kernel/channels.ts'

/** Reminders are what plans say, and marketing is not said one by one. */
const sayable = purposes.filter((purpose) => purpose !== 'reminder' && purpose !== 'marketing')

/** `byHand: {}` is enough: whoever writes fills in the template's `variables`. */
export const byHandConfig = z.strictObject({
  /** Consent and the cap of a day are looked up for it. */
  purpose: z.enum(sayable).default('status'),
})
export type ByHandConfig = z.infer<typeof byHandConfig>

const typable = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/
const standard = new Set(['client', 'recipient', 'matter', 'firm', 'event'])
const rootOf = (path: string): string => path.split('.')[0]!

/** @returns the names under which what is typed stands: of `document.title` it is `document` */
export const byHandRoots = (variables: Readonly<Record<string, string>> | undefined): string[] => [
  ...new Set(Object.keys(variables ?? {}).map(rootOf)),
]

export function byHandProblems(config: {
  byHand?: ByHandConfig | undefined
  answers?: unknown
  variables?: Readonly<Record<string, string>> | undefined
}): { path: (string | number)[]; message: string }[] {
  if (config.byHand === undefined) return []
  const paths = Object.keys(config.variables ?? {})
  return [
    ...(config.answers === undefined
      ? []
      : [
          {
            path: ['byHand'],
            message: 'asks for an answer about an appointment, which only reminder plans may',
          },
        ]),
    ...paths.flatMap((path) => {
      const at = ['variables', path]
      if (!typable.test(path))
        return [
          {
            path: at,
            message: 'can not be typed by a person: small letters, digits and _, with dots between',
          },
        ]
      if (standard.has(rootOf(path)))
        return [{ path: at, message: `is not for a person to type: ${rootOf(path)} comes from the facts` }]
      const above = paths.find((other) => other !== path && path.startsWith(`${other}.`))
      return above === undefined
        ? []
        : [{ path: at, message: `lies within ${above}, which is typed as one text` }]
    }),
  ]
}
