/** Firms as this process has them open: compiled configuration, and connections with their secrets in place. */
import { readFile } from 'node:fs/promises'
import type { ConnectionId, FirmId, MessageId, NewId } from '../kernel/index.ts'
import type { AlertMailer, Operators } from '../modules/alerts/index.ts'
import {
  type AccessNews,
  type CmsAuthorisation,
  type CmsKind,
  type CmsReader,
  type CmsTokenSource,
  type ConnectionSettings,
  connectionGate,
  tokenSource,
} from '../modules/connections/index.ts'
import {
  type CallbackReader,
  type FirmDelivery,
  leaseProblem,
  type Sender,
} from '../modules/delivery/index.ts'
import { type Compiled, FirmConfigs, loadSecrets } from '../modules/firms/index.ts'
import type { HookConnection } from '../modules/ingest/index.ts'
import { mailParts } from '../modules/templates/index.ts'
import type { Database, FirmTx } from '../platform/db/firm-tx.ts'
import { decryptSecret, type Keys, resolveSecret, signToken } from '../platform/secrets/index.ts'
import type { Adapters } from './adapter-kinds.ts'
import { compileFirm, type FirmCode } from './compile-firm.ts'
import type { OpenSignIn } from './firm-sign-in.ts'
import {
  type Profile,
  profileProblem,
  settled,
  shadowReader,
  shadowSender,
  stagedHookSecret,
} from './profiles.ts'
import { otherOwners, referenceProblem, referenceSettings, secretFile } from './secret-references.ts'
import { hookSecrets, offerHandshake } from './subscriptions.ts'

export interface OpenConnection {
  key: string
  kind: string
  sender?: Sender
  callbacks?: CallbackReader
  reader?: CmsReader
  /** Where a person lets us in. */
  access?: { authorisation: CmsAuthorisation; settings: unknown; tokens: CmsTokenSource }
  settings: ConnectionSettings
  /** What its references stand for, so that no answer shows one; addresses are none. */
  secrets?: readonly string[]
}

export interface ConnectionProblem {
  connection: string
  message: string
  /** It is not for this deployment's profile: nothing may start with it. */
  profile?: true
}

class ProfileError extends Error {}

export interface OpenFirm {
  code: FirmCode
  delivery: FirmDelivery
  connections: ReadonlyMap<ConnectionId, OpenConnection>
  /** Whom alerts go to, apart from the firm's own providers. */
  operators: Operators
  mailer: AlertMailer | null
  /** Where its people sign in with accounts of the firm's own; null: by passwords and passkeys alone. */
  signIn: OpenSignIn | null
  /** Why a connection could not be opened; never a secret. */
  problems: readonly ConnectionProblem[]
}

export interface FirmsDeps {
  db: Database
  adapters: Adapters
  keys: Keys
  env: Readonly<Record<string, string | undefined>>
  /** Below it, in a folder per firm and one that is shared, lie the files that `file:` references may name. */
  secretsDir: string
  publicUrl: string
  mailer(smtpUrl: string): AlertMailer
  /** How long an attempt belongs to its process; a provider's time-out must fit into it. */
  lease: Temporal.Duration
  monotonic(): number
  /** What this deployment is for; null: a rehearsal with the example firm, or nobody said. */
  profile: { name: Profile | null; sandboxUrl: string }
  /** It was opened for the first time, or with a new revision. */
  opened(firmId: FirmId): void
  now(): Temporal.Instant
  newId: NewId
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>
  /** Told when a CMS lets us in no more. */
  accessNews: AccessNews
  log: { warn(fields: object, message: string): void }
}

interface Owner {
  id: FirmId
  key: string
}

/** Nothing in it that opens anything. */
const plainAddress = /^https?:\/\/[^@?#\s]+$/

/** How long an open firm is trusted before its revision is looked at again, in milliseconds. */
const trusted = 1_000

export class Firms {
  readonly #deps: FirmsDeps
  readonly #configs: FirmConfigs<FirmCode>
  readonly #open = new Map<FirmId, { firm: Promise<OpenFirm>; revision: number; lookedAt: number }>()
  readonly #hooks = new Map<ConnectionId, { firm: OpenFirm; hooks: HookConnection | null; madeAt: number }>()
  readonly #looking = new Map<FirmId, Promise<OpenFirm>>()

  constructor(deps: FirmsDeps) {
    this.#deps = deps
    this.#configs = new FirmConfigs((config) => compileFirm(config, deps.adapters))
  }

  /** The configuration exactly as this transaction sees it. */
  async code(tx: FirmTx): Promise<FirmCode> {
    return (await this.#configs.get(tx)).value
  }

  /** The firm with its connections open; at most a second old. */
  open(firmId: FirmId): Promise<OpenFirm> {
    const known = this.#open.get(firmId)
    if (known && this.#deps.monotonic() - known.lookedAt < trusted) return known.firm
    let looking = this.#looking.get(firmId)
    if (!looking) {
      looking = this.#look(firmId).finally(() => this.#looking.delete(firmId))
      this.#looking.set(firmId, looking)
    }
    return looking
  }

  /** As it was opened last, without another look: for use inside a transaction, which must not wait for a second one. */
  opened(firmId: FirmId): Promise<OpenFirm> {
    return this.#open.get(firmId)?.firm ?? this.open(firmId)
  }

  /** Secrets or subscriptions changed without a new revision. */
  forget(firmId: FirmId): void {
    this.#open.delete(firmId)
  }

  /**
   * What the webhook door needs; null for a connection without webhooks. Secrets are at most a second old.
   *
   * @param fresh read the secrets now: another process may have subscribed a moment ago
   */
  async hooks(firmId: FirmId, connectionId: ConnectionId, fresh = false): Promise<HookConnection | null> {
    const firm = await this.open(firmId)
    const known = this.#hooks.get(connectionId)
    const now = this.#deps.monotonic()
    if (known && !fresh && known.firm === firm && now - known.madeAt < trusted) return known.hooks
    const hooks = await this.#hookConnection(firm, firmId, connectionId)
    this.#hooks.set(connectionId, { firm, hooks, madeAt: now })
    return hooks
  }

  async #hookConnection(
    firm: OpenFirm,
    firmId: FirmId,
    connectionId: ConnectionId,
  ): Promise<HookConnection | null> {
    const connection = firm.connections.get(connectionId)
    const hooks = firm.code.hooks.get(connectionId)
    const verify = connection?.settings.hooks?.verify
    if (!connection || !hooks || !verify) return null
    const secrets =
      verify.scheme === 'clio'
        ? await hookSecrets(this.#deps.db, this.#deps.keys, firmId, connectionId)
        : this.#deps.profile.name === 'staging'
          ? [{ model: null, secret: stagedHookSecret(verify.scheme) }]
          : await Promise.all(
              ('secret' in verify ? [verify.secret] : verify.secrets).map(async (reference) => ({
                model: null,
                secret: await this.#secret({ id: firmId, key: firm.code.program.settings.key }, reference),
              })),
            )
    return {
      firmId,
      connectionId,
      key: connection.key,
      verify,
      hooks,
      secrets,
      handshake: (secret, model) =>
        offerHandshake(this.#deps.db, this.#deps.keys, firmId, connectionId, model, secret),
    }
  }

  async #look(firmId: FirmId): Promise<OpenFirm> {
    const lookedAt = this.#deps.monotonic()
    const compiled = await this.#deps.db.forFirm(firmId, (tx) => this.#configs.get(tx))
    const known = this.#open.get(firmId)
    if (known?.revision === compiled.revision) {
      known.lookedAt = lookedAt
      return known.firm
    }
    const firm = this.#make(firmId, compiled)
    this.#open.set(firmId, { firm, revision: compiled.revision, lookedAt })
    firm.then(
      () => this.#deps.opened(firmId),
      () => this.#open.delete(firmId),
    )
    return firm
  }

  async #make(firmId: FirmId, { value: code }: Compiled<FirmCode>): Promise<OpenFirm> {
    const connections = new Map<ConnectionId, OpenConnection>()
    const problems: ConnectionProblem[] = []
    for (const [id, settings] of code.connections) {
      const base = { key: settings.key, kind: settings.kind, settings }
      try {
        connections.set(id, {
          ...base,
          ...(await this.#connect({ id: firmId, key: code.program.settings.key }, id, settings)),
        })
      } catch (error) {
        const message = error instanceof Error ? error.message : 'could not be opened'
        problems.push({
          connection: settings.key,
          message,
          ...(error instanceof ProfileError ? { profile: true as const } : {}),
        })
        this.#deps.log.warn(
          { firm: firmId, connection: settings.key, reason: message },
          'connection not opened',
        )
        connections.set(id, base)
      }
    }
    const told = await this.#operators(firmId, code, problems)
    const signIn = await this.#signIn(firmId, code, problems)
    return {
      code,
      connections,
      problems,
      signIn,
      ...told,
      delivery: this.#delivery(firmId, code, connections),
    }
  }

  async #signIn(
    firmId: FirmId,
    { program: { settings } }: FirmCode,
    problems: ConnectionProblem[],
  ): Promise<OpenSignIn | null> {
    if (!settings.signIn) return null
    const { key } = settings
    try {
      const clientSecret = await this.#secret({ id: firmId, key }, settings.signIn.clientSecret)
      return { ...settings.signIn, key, clientSecret }
    } catch (error) {
      const message = error instanceof Error ? error.message : 'could not be opened'
      problems.push({ connection: 'signIn', message })
      return null
    }
  }

  async #operators(firmId: FirmId, code: FirmCode, problems: ConnectionProblem[]) {
    const { mail, smtp, webhook, ping } = code.program.settings.operators
    // A rehearsal wakes nobody; what it would have said is in the log.
    if (this.#rehearses) return { operators: { mail: [] }, mailer: null }
    const owner = { id: firmId, key: code.program.settings.key }
    const open = async <T>(what: string, make: () => Promise<T>): Promise<T | null> => {
      try {
        return await make()
      } catch (error) {
        problems.push({
          connection: what,
          message: error instanceof Error ? error.message : 'could not be opened',
        })
        return null
      }
    }
    const reached = webhook
      ? await open('operators.webhook', async () => ({
          url: await this.#resolve(owner, webhook.url),
          secret: await this.#resolve(owner, webhook.secret),
        }))
      : null
    const mailer = smtp
      ? await open('operators.smtp', async () => this.#deps.mailer(await this.#resolve(owner, smtp)))
      : null
    const pinged = ping ? await open('operators.ping', () => this.#resolve(owner, ping)) : null
    return {
      operators: { mail, ...(reached ? { webhook: reached } : {}), ...(pinged ? { ping: pinged } : {}) },
      mailer,
    }
  }

  async #connect(
    firm: Owner,
    id: ConnectionId,
    settings: ConnectionSettings,
  ): Promise<Partial<OpenConnection>> {
    const { providers, cms } = this.#deps.adapters
    const provider = providers.find((p) => p.kind === settings.kind)
    const kind = cms.find((k) => k.kind === settings.kind)
    if (!provider && !kind) return {}
    const { profile } = this.#deps
    if (provider && profile.name === 'shadow') return { sender: shadowSender(provider.channel) }
    const references = referenceSettings(settings.kind, this.#deps.adapters)
    const wanted = settled(profile.name, settings.kind, settings.settings, profile.sandboxUrl)
    const secrets: string[] = []
    const resolve = async (value: string) => {
      const found = await this.#resolve(firm, value)
      if (found !== value && !plainAddress.test(found)) secrets.push(found)
      return found
    }
    const resolved = Object.fromEntries(
      await Promise.all(
        Object.entries(wanted).map(async ([name, value]) => [
          name,
          typeof value === 'string' && references.includes(name) ? await resolve(value) : value,
        ]),
      ),
    ) as object
    const unfit = profileProblem(profile.name, resolved)
    if (unfit !== null) throw new ProfileError(unfit)
    if (provider) {
      const { sender, reader } = provider.open(resolved)
      const problem = leaseProblem(this.#deps.lease, sender)
      if (problem !== null) {
        sender.close?.()
        throw new Error(problem)
      }
      return { sender, callbacks: reader, secrets }
    }
    const opened = { ...this.#cms(kind!, { firmId: firm.id, connectionId: id }, resolved), secrets }
    return profile.name === 'shadow' && opened.reader
      ? { ...opened, reader: shadowReader(opened.reader) }
      : opened
  }

  get #rehearses(): boolean {
    const { name } = this.#deps.profile
    return name === 'staging' || name === 'shadow'
  }

  /** A reader with its share of the rate limit, and with tokens of its own where a person let us in. */
  #cms(
    kind: CmsKind,
    of: { firmId: FirmId; connectionId: ConnectionId },
    settings: unknown,
  ): Partial<OpenConnection> {
    const { db, keys, now, newId, wait, accessNews: news, log } = this.#deps
    const gate = connectionGate(
      { db, now, newId, wait, log },
      { ...of, ...(kind.turns ? { turns: kind.turns } : {}) },
    )
    const { authorisation } = kind
    if (!authorisation?.wanted(settings)) return { reader: kind.open(settings, { gate }) }
    const tokens = tokenSource({ db, keys, now, wait, news }, { ...of, authorisation, settings })
    return { reader: kind.open(settings, { gate, tokens }), access: { authorisation, settings, tokens } }
  }

  /** The value itself, or what it stands for if it is a reference. */
  #resolve(firm: Owner, value: string): Promise<string> {
    return /^(env|file|stored):/.test(value) ? this.#secret(firm, value) : Promise.resolve(value)
  }

  /** @throws Error when the firm may not name this, or there is no such secret; never with a secret in it */
  async #secret({ id: firmId, key: firmKey }: Owner, reference: string): Promise<string> {
    const { db, keys, env, secretsDir } = this.#deps
    // Asked again here: what holds may be older than the rule, or written past `apply`.
    const problem = referenceProblem(reference, firmKey) ?? (await this.#belongsToOther(reference, firmKey))
    if (problem !== null) throw new Error(problem)
    const verdict = await resolveSecret(reference, {
      env,
      readFile: async (path) => readFile(await secretFile(path, secretsDir, firmKey), 'utf8'),
      stored: async (name) => {
        const sealed = (await db.forFirm(firmId, (tx) => loadSecrets(tx, [name]))).get(name)
        return sealed ? decryptSecret(sealed, keys.encryption, firmId, name) : null
      },
    })
    if (!verdict.ok) throw new Error(verdict.message)
    return verdict.value
  }

  async #belongsToOther(reference: string, firmKey: string): Promise<string | null> {
    if (!reference.startsWith('env:')) return null
    const name = reference.slice('env:'.length)
    for (const owner of otherOwners(name, firmKey)) {
      const [found] = await this.#deps.db.lookup('select firm_id from lookup_firm($1)', [owner])
      if (found) return `names ${name}, which belongs to another firm of this deployment`
    }
    return null
  }

  #delivery(
    firmId: FirmId,
    code: FirmCode,
    connections: ReadonlyMap<ConnectionId, OpenConnection>,
  ): FirmDelivery {
    const { settings } = code.program
    const { publicUrl, keys } = this.#deps
    const outlets: Map<
      ConnectionId,
      FirmDelivery['outlets'] extends ReadonlyMap<ConnectionId, infer O> ? O : never
    > = new Map()
    for (const [id, { sender, settings: connection }] of connections) {
      if (!sender) continue
      const { rate } = connection
      outlets.set(id, {
        sender,
        rate: rate ? { perSecond: rate.perSecond, burst: rate.burst ?? Math.max(1, rate.perSecond) } : null,
        receiptsUrl: `${publicUrl}/receipts/${connection.key}`,
      })
    }
    return {
      outlets,
      quiet: code.program.quiet,
      factsMaxAge: new Map([...code.readable].flatMap(([id, { maxAge }]) => (maxAge ? [[id, maxAge]] : []))),
      schedule: settings.retries.map((wait) => Temporal.Duration.from(wait)),
      mail({ subject, body, language, messageId }) {
        const unsubscribeUrl = unsubscribeLink(publicUrl, keys, firmId, messageId)
        return {
          ...mailParts({ subject, markdown: body, firmName: settings.name, language, unsubscribeUrl }),
          unsubscribeUrl,
        }
      },
    }
  }
}

/** RFC 8058: works without a session and for ever; what it says can't be guessed or changed. */
export const unsubscribeLink = (publicUrl: string, keys: Keys, firmId: FirmId, messageId: MessageId) =>
  `${publicUrl}/unsubscribe/${signToken('unsubscribe', { f: firmId, m: messageId }, keys.tokens)}`
