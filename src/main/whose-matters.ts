/** Document and billing systems whose records name matters of another connection: `mattersOf`. */
import type { ConnectionSettings } from '../modules/connections/index.ts'
import { type ConfigPath, type CrossCheck, existing } from '../modules/firms/index.ts'
import type { Adapters } from './adapter-kinds.ts'

interface Problem {
  path: ConfigPath
  message: string
}

/** What a connection says of whose matters it means, as far as it can be seen from it alone. */
export function whoseMattersProblems(
  { key, kind, mattersOf, settings, factsMaxAge }: ConnectionSettings,
  { providers, cms }: Adapters,
): Problem[] {
  const reader = cms.find((one) => one.kind === kind)
  const own = reader !== undefined && (reader.hasMatters?.(settings) ?? true)
  const problem = (message: string, path: ConfigPath = ['mattersOf']) => [{ path, message }]
  if (mattersOf === undefined)
    return reader !== undefined && !own
      ? problem(
          "is missing: its settings have no matters, so say which connection's matters its records name",
        )
      : []
  if (mattersOf === key) return problem('names the connection itself')
  if (own) return problem(`stands beside matters of its own, as a ${kind} connection has them: leave it out`)
  if (providers.some((one) => one.kind === kind))
    return problem(`is for systems that tell of matters, and ${kind} tells of none`)
  if (factsMaxAge !== undefined)
    return problem(`is for a connection with matters of its own: set it at ${mattersOf}`, ['factsMaxAge'])
  return []
}

/** The other connection exists, and is a system whose matters are read: else nothing would ever be found there. */
export function whoseMatters({ cms }: Adapters): CrossCheck {
  return (all) => {
    const connections = all.get('connection') as ReadonlyMap<string, ConnectionSettings>
    return [...connections].flatMap(([key, { mattersOf }]) => {
      if (mattersOf === undefined) return []
      const at = { kind: 'connection', key, path: ['mattersOf'] }
      const other = connections.get(mattersOf)
      if (other === undefined)
        return [
          { ...at, message: `names a connection that does not exist: ${mattersOf}${existing(connections)}` },
        ]
      const reads = cms.some(({ kind }) => kind === other.kind) && other.mattersOf === undefined
      return reads ? [] : [{ ...at, message: `names a connection without matters of its own: ${mattersOf}` }]
    })
  }
}
