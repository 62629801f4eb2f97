/** What `connections[].settings` holds for `kind: rest`: an API described so well that it can be read without code. */
import { z } from 'zod'
import { isZone } from '../../kernel/time.ts'
import { duration } from '../../modules/firms/index.ts'
import { baseUrl, secret, textOrReference, timeoutMs } from '../settings.ts'

/** CEL; compile.ts says over which values. */
const cel = z.string().trim().min(1).max(4_000)
const parameter = z.string().regex(/^[\w.:[\]$-]{1,100}$/, 'is not the name of a query parameter')
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'is not the name of a header')
const headerValue = z
  .string()
  .regex(/^[\t\x20-\x7e]{0,2000}$/, 'is not the value of a header: ASCII, one line')
const model = z.string().regex(/^[A-Za-z][\w.-]{0,79}$/, 'is not a word for records: letters, digits, . _ -')
const zone = z.string().refine(isZone, { error: 'is not a time zone, such as America/New_York' })

/** Below the base address; what stands in braces is filled in, and nothing else can be. */
const path = (...holes: readonly string[]) =>
  z
    .string()
    .regex(/^\/[^\s?#\\]*$/, 'must begin with / and hold no query')
    .refine((text) => !text.split('/').some((part) => part === '.' || part === '..'), {
      error: 'must not climb with . or ..',
    })
    .refine((text) => [...text.matchAll(/\{([^}]*)\}/g)].every(([, name]) => holes.includes(name ?? '')), {
      error: holes.length === 0 ? 'takes nothing in braces' : `takes only {${holes.join('}, {')}}`,
    })

const query = z.record(parameter, z.string().max(1_000)).default({})

const size = { size: parameter.optional(), perPage: z.int().min(1).max(10_000).default(100) }
export const paging = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none') }),
  /** `more`: CEL over `body`, whether there is another page; absent: until a page is empty. */
  z.strictObject({
    by: z.literal('page'),
    page: parameter.default('page'),
    first: z.int().min(0).max(1).default(1),
    ...size,
    more: cel.optional(),
  }),
  z.strictObject({
    by: z.literal('offset'),
    offset: parameter.default('offset'),
    ...size,
    more: cel.optional(),
  }),
  /** `next`: CEL over `body`; null or blank on the last page. */
  z.strictObject({ by: z.literal('cursor'), cursor: parameter, next: cel, ...size }),
  /** The header Link with rel=next (RFC 8288). */
  z.strictObject({ by: z.literal('link'), ...size }),
  /** `next`: CEL over `body`; the next page's address, on the same origin. */
  z.strictObject({ by: z.literal('address'), next: cel, ...size }),
])
export type Paging = z.infer<typeof paging>

const asked = {
  format: z.enum(['iso', 'date', 'unix', 'unix-ms']).default('iso'),
  zone: zone.optional(),
}
/** A day is another one in another zone: without it a night's changes would be missed. */
const zoned = <T extends { format: string; zone?: string | undefined }>(schema: z.ZodType<T>) =>
  schema.refine((value) => value.format !== 'date' || value.zone !== undefined, {
    path: ['zone'],
    error: 'is missing: whose days does the system mean?',
  })
const since = zoned(z.strictObject({ name: parameter, ...asked }))
const window = zoned(z.strictObject({ from: parameter, until: parameter, ...asked }))

const listing = {
  /** CEL over `body`: where the records lie in the answer. */
  records: cel.default('body'),
  query,
  paging: paging.default({ by: 'none' }),
  window: window.optional(),
}
const list = z.strictObject({
  path: path(),
  ...listing,
  since: since.optional(),
  /** More of the query when only ids are wanted. */
  idsQuery: query,
  /** False: the list does not show all there is (archived ones, say), so that what is missing may still be there. */
  complete: z.boolean().default(true),
})
export type ListSettings = z.infer<typeof list>
/** `{matter}` may stand in the path and in the values of `query`. */
const ofMatter = z.strictObject({ path: path('matter'), ...listing })
export type OfMatterSettings = z.infer<typeof ofMatter>

const one = z.strictObject({
  path: path('id').refine((text) => text.includes('{id}'), { error: 'must hold {id}' }),
  query,
  /** CEL over `body`. */
  record: cel.default('body'),
})

/** Beside the fields, all CEL over `record`. */
const common = {
  id: cel,
  /** Changes whenever the record does; absent: a hash of the record. */
  version: cel.optional(),
  createdAt: cel.optional(),
  updatedAt: cel.optional(),
}
const data = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'is not a name: small letters, digits, _'),
  cel,
)

const matters = z.strictObject({
  model: model.default('matter'),
  one,
  list: list.optional(),
  fields: z.strictObject({
    ...common,
    number: cel.optional(),
    title: cel.optional(),
    status: cel,
    /** Since when it has that status: then a first sight is not told as news. */
    statusSince: cel.optional(),
    client: cel.optional(),
    paused: cel.optional(),
    data: data.default({}),
  }),
})

const clients = z.strictObject({
  model: model.default('client'),
  one,
  list: list.optional(),
  fields: z.strictObject({
    ...common,
    name: cel.optional(),
    firstName: cel.optional(),
    lastName: cel.optional(),
    preference: cel.optional(),
    timeZone: cel.optional(),
    language: cel.optional(),
    paused: cel.optional(),
    /** A text, a list of texts, or a list of {number, label, primary}. */
    phones: cel.optional(),
    /** A text, a list of texts, or a list of {address, label, primary}. */
    emails: cel.optional(),
    data: data.default({}),
  }),
})

const fact = (name: string, ...needed: readonly string[]) =>
  z.strictObject({
    model: model.default(name),
    list: list.optional(),
    ofMatter: ofMatter.optional(),
    fields: z.strictObject({
      ...common,
      matter: cel,
      /** True: cancelled, voided, deleted, though it is still listed. */
      removed: cel.optional(),
      data: data.refine((given) => needed.every((key) => key in given), {
        error: `must hold ${needed.join(', ')}`,
      }),
    }),
  })
export type FactSettings = z.infer<ReturnType<typeof fact>>

/** Each gives the body to POST: a CEL map over `writing`. */
const written = z.strictObject({
  path: path('matter'),
  query,
  body: cel,
  /** CEL over `body`, the answer: what was made. */
  id: cel.default('body.id'),
  /** How an earlier try is found again: a list, of which `is` (CEL over `record` and `writing`) tells the one. */
  find: z.strictObject({ ...ofMatter.shape, id: cel.default('record.id'), is: cel }).optional(),
})
export type WrittenSettings = z.infer<typeof written>

const auth = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('none') }),
  z.strictObject({ by: z.literal('header'), name: headerName, prefix: headerValue.default('') }),
  z.strictObject({ by: z.literal('query'), name: parameter }),
  z.strictObject({ by: z.literal('basic'), user: z.string().regex(/^[^:]*$/, 'must not hold a colon') }),
  z.strictObject({ by: z.literal('bearer') }),
  /** Tokens from `identityUrl`: client credentials (RFC 6749 §4.4), or a grant of the system's own. */
  z.strictObject({
    by: z.literal('oauth'),
    client: z.string().min(1),
    /** How client and secret are told (RFC 6749 §2.3.1). */
    tell: z.enum(['body', 'basic']).default('body'),
    grant: z.string().default('client_credentials'),
    /** The form field that `secondSecret` goes into, such as a personal access token. */
    secondAs: z.string().optional(),
    /** More fields of the form: scope, audience. */
    form: z.record(z.string(), z.string()).default({}),
  }),
])
export type Auth = z.infer<typeof auth>

const lists = ['documents', 'bills', 'appointments', 'comments'] as const

type Part = { list?: unknown; ofMatter?: unknown } | undefined

/** What stands where matters are another system's, and would never be asked for. */
function withoutMatters(
  value: Readonly<{ [name in (typeof lists)[number] | 'clients']?: Part }> & { write: object },
) {
  const issue = (path: string[], message: string) => ({
    code: 'custom' as const,
    input: value,
    path,
    message,
  })
  const needless = 'is for a system with matters of its own, and settings.matters is left out'
  return [
    ...(value.clients === undefined ? [] : [issue(['clients'], needless)]),
    ...lists
      .filter((name) => value[name]?.ofMatter !== undefined)
      .map((name) => issue([name, 'ofMatter'], `${needless}: give a list`)),
    ...Object.keys(value.write).map((name) => issue(['write', name], needless)),
    ...(lists.some((name) => value[name]?.list !== undefined)
      ? []
      : [issue(['matters'], `is missing, and so is every list: of ${lists.join(', ')}`)]),
  ]
}

export const restSettings = z
  .strictObject({
    baseUrl,
    auth: auth.default({ by: 'none' }),
    /** The key, the password, the token, or the client's secret: what `auth.by` needs. */
    secret: secret.optional(),
    secondSecret: secret.optional(),
    identityUrl: textOrReference(
      (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
      'is not an http(s) address',
    ).optional(),
    headers: z.record(headerName, headerValue).default({}),
    timeoutMs,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is not a country of two capital letters, such as US')
      .default('US'),
    /** What `doctor` asks for; absent: the list of matters, or of clients. */
    check: path().optional(),
    /** Absent: its records name another connection's matters (`mattersOf` of the connection), and it is only lists. */
    matters: matters.optional(),
    clients: clients.optional(),
    appointments: fact('appointment', 'start_at').optional(),
    documents: fact('document', 'name').optional(),
    /** `state` in our words: draft, awaiting_payment, paid, void. */
    bills: fact('bill', 'state').optional(),
    comments: z
      .strictObject({
        model: model.default('comment'),
        list,
        fields: z.strictObject({ ...common, matter: cel, data }),
      })
      .optional(),
    /** How far back and ahead a matter's diary is read, where it is asked for by dates. */
    diary: z.strictObject({ back: duration.default('P30D'), ahead: duration.default('P400D') }).prefault({}),
    write: z
      .strictObject({
        note: written.optional(),
        task: written.optional(),
        communication: written.optional(),
      })
      .default({}),
  })
  .check(({ value, issues }) => {
    const missing = (name: string, why: string) =>
      issues.push({ code: 'custom', input: value, path: [name], message: `is missing: ${why}` })
    if (value.auth.by !== 'none' && value.secret === undefined)
      missing('secret', `auth.by ${value.auth.by} needs it`)
    if (value.matters === undefined) issues.push(...withoutMatters(value))
    if (value.auth.by !== 'oauth') return
    if (value.identityUrl === undefined) missing('identityUrl', 'tokens come from there')
    if (value.auth.secondAs !== undefined && value.secondSecret === undefined)
      missing('secondSecret', 'auth.secondAs sends it')
  })
export type RestSettings = z.infer<typeof restSettings>
