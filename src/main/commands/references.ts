/** Names in one part of a firm's configuration that stand for another part: they must exist there. */
import type { Channel } from '../../kernel/index.ts'
import type { ConnectionSettings } from '../../modules/connections/index.ts'
import { meaningOf } from '../../modules/conversations/index.ts'
import {
  type ConfigProblem,
  type ConfigValues,
  type CrossCheck,
  existing,
  type FirmSettings,
} from '../../modules/firms/index.ts'
import type { StatusesConfig } from '../../modules/matters/index.ts'
import type { DigestConfig } from '../../modules/moments/index.ts'
import { type PlanConfig, spokenBy } from '../../modules/reminders/index.ts'
import type { RuleConfig } from '../../modules/rules/index.ts'
import { answerWords, type TemplateConfig } from '../../modules/templates/index.ts'

/** What each kind's `parse` gives; the checks below rely on it. */
interface Values {
  readonly firm: FirmSettings
  readonly rules: ReadonlyMap<string, RuleConfig>
  readonly plans: ReadonlyMap<string, PlanConfig>
  readonly templates: ReadonlyMap<string, TemplateConfig>
  readonly connections: ReadonlyMap<string, ConnectionSettings>
  readonly digests: ReadonlyMap<string, DigestConfig>
  readonly states: StatusesConfig | undefined
}

const valuesOf = (all: ConfigValues): Values => ({
  firm: all.get('firm')!.get('firm') as FirmSettings,
  rules: all.get('rule') as Values['rules'],
  plans: (all.get('reminder') ?? new Map()) as Values['plans'],
  templates: all.get('template') as Values['templates'],
  connections: all.get('connection') as Values['connections'],
  digests: (all.get('digest') ?? new Map()) as Values['digests'],
  states: all.get('states')?.get('states') as StatusesConfig | undefined,
})

/** What is said names a template that exists, and that can be said on its channels and in the firm's languages. */
const rulesAndTemplates: CrossCheck = (all) => {
  const { rules } = valuesOf(all)
  return [...rules].flatMap(([key, rule]) =>
    rule.then.flatMap((action, index) =>
      'tell' in action
        ? sayable(all, 'rule', {
            key,
            template: action.template,
            channels: action.channels,
            at: { template: ['then', index, 'template'], channels: ['then', index, 'channels'] },
          })
        : [],
    ),
  )
}

const plansAndTemplates: CrossCheck = (all) => {
  const { plans } = valuesOf(all)
  return [...plans].flatMap(([key, plan]) =>
    spokenBy(plan).flatMap((said) => {
      const wanted = Object.keys(valuesOf(all).templates.get(said.template)?.variables ?? {})
      return [
        ...sayable(all, 'reminder', { key, ...said }),
        ...forOthers(all, key, said),
        ...wanted.map((name) => ({
          kind: 'reminder',
          key,
          path: said.at.template,
          message: `passes nothing but the event, and ${said.template} lists ${name} under its variables`,
        })),
      ]
    }),
  )
}

/** Who is not the client can't answer for them, and of colleagues a CMS knows mail addresses alone. */
function forOthers(
  all: ConfigValues,
  key: string,
  { template, audience, channels, at }: ReturnType<typeof spokenBy>[number],
): ConfigProblem[] {
  if (audience === 'client') return []
  const asks = valuesOf(all).templates.get(template)?.answers !== undefined
  const of = { kind: 'reminder', key }
  return [
    ...(asks
      ? [
          {
            ...of,
            path: at.template,
            message: `${template} asks for an answer, and ${audience} can’t give one for the client`,
          },
        ]
      : []),
    ...(audience === 'attorney' && channels.includes('sms')
      ? [{ ...of, path: at.channels, message: 'attorneys are reminded by mail alone: say channels: [email]' }]
      : []),
  ]
}

interface Said {
  key: string
  template: string
  channels: readonly Channel[]
  at: { template: (string | number)[]; channels: (string | number)[] }
}

function sayable(
  all: ConfigValues,
  kind: string,
  { key, template: name, channels, at }: Said,
): ConfigProblem[] {
  const { firm, templates } = valuesOf(all)
  const template = templates.get(name)
  if (template === undefined) {
    const message = `names a template that does not exist: ${name}${existing(templates)}`
    return [{ kind, key, path: at.template, message }]
  }
  const texts = Object.values(template.languages)
  const unsaid = channels.filter((channel) => texts.every((text) => text[channel] === undefined))
  const unsent = channels.filter((channel) => firm[channel] === undefined)
  return [
    ...unsaid.map((channel) => ({
      kind,
      key,
      path: at.template,
      message: `${name} has no ${channel}, which this ${kind} uses`,
    })),
    ...unsent.map((channel) => ({
      kind,
      key,
      path: at.channels,
      message: `uses ${channel}, but firm.yaml names no connection for it (${channel}.connection)`,
    })),
  ]
}

/** `matter.state == 'x'` and `matter.state in ['x', 'y']`: a state that does not exist would never come. */
const stateNames = /\bmatter\.(?:previous_)?state\s*(?:[=!]=\s*('[^']*'|"[^"]*")|in\s*\[([^\]]*)\])/g

const rulesAndStates: CrossCheck = (all) => {
  const { rules, states } = valuesOf(all)
  const known = new Map((states?.states ?? []).map((state) => [state.key, state]))
  return [...rules].flatMap(([key, rule]) => {
    const sources: { path: (string | number)[]; text: string }[] = [
      ...(rule.when === undefined ? [] : [{ path: ['when'], text: rule.when }]),
      ...rule.evidence.map(({ that }, index) => ({ path: ['evidence', index, 'that'], text: that })),
    ]
    return sources.flatMap(({ path, text }) =>
      namesIn(text)
        .filter((name) => !known.has(name))
        .map((name) => ({
          kind: 'rule',
          key,
          path,
          message: `speaks of a state that does not exist: ${name}${existing(known)}`,
        })),
    )
  })
}

function namesIn(source: string): string[] {
  return [...source.matchAll(stateNames)].flatMap(([, one, list]) =>
    [...(one ?? list ?? '').matchAll(/'([^']*)'|"([^"]*)"/g)].map(
      ([, single, double]) => single ?? double ?? '',
    ),
  )
}

/** What a rule passes in `with` is what its template may speak of, and the template says what it wants. */
const rulesAndVariables: CrossCheck = (all) => {
  const { rules, templates } = valuesOf(all)
  return [...rules].flatMap(([key, rule]) =>
    rule.then.flatMap((action, index): ConfigProblem[] => {
      if (!('tell' in action)) return []
      const wanted = Object.keys(templates.get(action.template)?.variables ?? {}).map((path) =>
        path.replace(/\..*$/, ''),
      )
      const missing = [...new Set(wanted)].filter((name) => !Object.hasOwn(action.with, name))
      return missing.map((name) => ({
        kind: 'rule',
        key,
        path: ['then', index, 'with'],
        message: `does not pass ${name}, which the template ${action.template} lists under its variables`,
      }))
    }),
  )
}

/** Systems that speak of another's matters name a connection that exists. */
const connectionsAndMatters: CrossCheck = (all) => {
  const { connections } = valuesOf(all)
  return [...connections].flatMap(([key, connection]) =>
    (connection.hooks?.events ?? []).flatMap((event, index) =>
      event.mattersOf === undefined || connections.has(event.mattersOf)
        ? []
        : [
            {
              kind: 'connection',
              key,
              path: ['hooks', 'events', index, 'mattersOf'],
              message: `names a connection that does not exist: ${event.mattersOf}${existing(connections)}`,
            },
          ],
    ),
  )
}

/** What waits for a digest has a digest, is not urgent, and has a line to be in it; and the whole can be said. */
const rulesAndDigests: CrossCheck = (all) => {
  const { firm, rules, digests, templates } = valuesOf(all)
  const waiting = [...rules].flatMap(([key, rule]) =>
    rule.then.flatMap((action, index): ConfigProblem[] => {
      if (!('tell' in action) || action.digest === undefined) return []
      const at = (field: string, message: string) => ({
        kind: 'rule',
        key,
        path: ['then', index, field],
        message,
      })
      const texts = Object.entries(templates.get(action.template)?.languages ?? {})
      const lacking = texts.filter(([, text]) => text.digest === undefined).map(([language]) => language)
      return [
        ...(digests.has(action.digest)
          ? []
          : [at('digest', `names a digest that does not exist: ${action.digest}${existing(digests)}`)]),
        ...(action.urgency === 'urgent' ? [at('digest', 'is for what can wait, and this is urgent')] : []),
        ...(lacking.length > 0
          ? [at('template', `${action.template} has no digest line in ${lacking.join(', ')}`)]
          : []),
      ]
    }),
  )
  const capped: ConfigProblem[] =
    firm.cap === undefined || digests.has(firm.cap.digest)
      ? []
      : [
          {
            kind: 'firm',
            key: 'firm',
            path: ['cap', 'digest'],
            message: `names a digest that does not exist: ${firm.cap.digest}${existing(digests)}`,
          },
        ]
  const said = [...digests].flatMap(([key, { template }]) => {
    const used = [...rules.values()].flatMap((rule) =>
      rule.then.flatMap((action) => ('tell' in action && action.digest === key ? action.channels : [])),
    )
    const channels = [...new Set(used)]
    return sayable(all, 'digest', {
      key,
      template,
      channels,
      at: { template: ['template'], channels: ['template'] },
    })
  })
  return [...waiting, ...capped, ...said]
}

/** A firm that writes in a language has words for it: for each state, and in each template. */
const languages: CrossCheck = (all) => {
  const { firm, templates, states } = valuesOf(all)
  return firm.languages.flatMap((language) => [
    ...(states?.states ?? []).flatMap((state, index) =>
      state.words[language] === undefined
        ? [
            {
              kind: 'states',
              key: 'states',
              path: ['states', index, 'words'],
              message: `has no words in ${language}`,
            },
          ]
        : [],
    ),
    ...[...templates].flatMap(([key, template]) =>
      template.languages[language] === undefined
        ? [
            {
              kind: 'template',
              key,
              path: ['languages'],
              message: `has no ${language}, which firm.yaml promises`,
            },
          ]
        : [],
    ),
  ])
}

/**
 * Who asks must be able to understand the answer: an appointment is what it is about, so a reminder plan says it by
 * text; and no word means STOP, START or HELP to us or the carrier.
 */
const templatesThatAsk: CrossCheck = (all) => {
  const { rules, plans, templates } = valuesOf(all)
  return [...templates].flatMap(([key, template]): ConfigProblem[] => {
    const { answers } = template
    if (answers === undefined) return []
    const problem = (path: (string | number)[], message: string): ConfigProblem => ({
      kind: 'template',
      key,
      path: ['answers', ...path],
      message,
    })
    const asking = [...plans.values()].flatMap(spokenBy).filter((said) => said.template === key)
    const saying = [...rules].find(([, rule]) =>
      rule.then.some((action) => 'tell' in action && action.template === key),
    )?.[0]
    const off = [...plans].find(([, plan]) => plan.cancelled?.template === key)?.[0]
    const taken = Object.keys(template.languages).flatMap((language) => {
      const words = answerWords(answers, language)
      return (['confirm', 'reschedule'] as const).flatMap((answer) =>
        words[answer]
          .filter((word) => meaningOf(word).meaning !== 'text')
          .map((word) =>
            problem(
              [answer],
              `has ${word}, which means ${meaningOf(word).meaning.toUpperCase()} to carriers, and to us`,
            ),
          ),
      )
    })
    const thanks = Object.entries(answers.thanks ?? {}).flatMap(([answer, name = '']) =>
      thanksProblems(templates, name).map((message) => problem(['thanks', answer], message)),
    )
    return [
      ...(asking.some((said) => said.channels.includes('sms'))
        ? []
        : [
            problem(
              [],
              'asks about an appointment by text, and no plan in reminders.yaml says it by text; a rule can not ask',
            ),
          ]),
      ...(saying === undefined
        ? []
        : [
            problem([], `asks about an appointment, and the rule ${saying} says it: only reminder plans may`),
          ]),
      ...(off === undefined
        ? []
        : [
            problem(
              [],
              `asks about an appointment that is off: it is what ${off} says when one is cancelled`,
            ),
          ]),
      ...taken,
      ...thanks,
    ]
  })
}

function thanksProblems(templates: Values['templates'], name: string): string[] {
  const template = templates.get(name)
  if (template === undefined) return [`names a template that does not exist: ${name}${existing(templates)}`]
  const wanted = Object.keys(template.variables ?? {})
  return [
    ...(Object.values(template.languages).some(({ sms }) => sms === undefined)
      ? [`${name} has no sms, and a text is answered by one`]
      : []),
    ...(template.answers === undefined ? [] : [`${name} asks again: nobody would come to an end`]),
    ...wanted.map(
      (variable) => `passes nothing but the event, and ${name} lists ${variable} under its variables`,
    ),
  ]
}

/** Works on the values of the schemas (rule, template, connection, states), not on compiled ones. */
export const references: readonly CrossCheck[] = [
  rulesAndTemplates,
  plansAndTemplates,
  templatesThatAsk,
  rulesAndStates,
  rulesAndVariables,
  rulesAndDigests,
  connectionsAndMatters,
  languages,
]
