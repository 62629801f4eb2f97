/** One box: clients by name, number or address, matters by number or title, messages by id. */
import type { Found, SearchResult } from '../../../contracts/search.ts'
import { isUuid } from '../../kernel/index.ts'
import type { FirmTx } from '../../platform/db/firm-tx.ts'

/** What three letters and fewer hold is half of a firm. */
const shortest = 2
/** More are looked up than shown, since some may be closed to whoever asks. */
const spare = 3

/**
 * @param typed as somebody typed it: half a name, some digits of a number, part of a title
 * @param limit of each kind
 * @returns nothing for what is too short to mean anything
 */
export async function search(tx: FirmTx, typed: string, limit: number): Promise<SearchResult> {
  const text = typed.trim().toLowerCase()
  if (isUuid(text)) return { items: await byId(tx, text), alike: false }
  if (text.length < shortest) return { items: [], alike: false }
  const needle = escaped(text)
  const digits = text.replace(/[\s().+/-]/g, '')
  const number = /^\d{4,15}$/.test(digits) ? digits : null
  const [named, matters, reached] = await Promise.all([
    ids(tx, 'search_clients', needle, limit * spare),
    ids(tx, 'search_matters', needle, limit * spare),
    number !== null || text.includes('@')
      ? ids(tx, 'search_addresses', number ?? needle, limit * spare)
      : Promise.resolve([]),
  ])
  const clientIds = [...new Set([...reached, ...named])]
  const items = [
    ...(await clientsFound(tx, clientIds, number ?? text)).slice(0, limit),
    ...(await mattersFound(tx, matters)).slice(0, limit),
  ]
  if (items.length > 0 || text.length < 4 || number !== null) return { items, alike: false }
  const alike = await ids(tx, 'search_clients_alike', text, limit)
  return { items: await clientsFound(tx, alike, text), alike: alike.length > 0 }
}

/** What means something to LIKE means itself. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, (c) => `\\${c}`)

type Searching = 'search_clients' | 'search_clients_alike' | 'search_matters' | 'search_addresses'

const ids = async (tx: FirmTx, name: Searching, needle: string, most: number): Promise<string[]> => {
  const rows = await tx.rows<{ id: string }>(
    `select x.id from ${name}($1, $2) as x (id)`,
    [needle, most],
    name,
  )
  return rows.map((row) => row.id)
}

async function clientsFound(
  tx: FirmTx,
  clientIds: readonly string[],
  text: string,
): Promise<Extract<Found, { kind: 'client' }>[]> {
  if (clientIds.length === 0) return []
  const rows = await tx.rows<Omit<Extract<Found, { kind: 'client' }>, 'kind'>>(
    `select c.id, c.name,
       (select coalesce(json_agg(p.address order by position($2 in lower(p.address)) > 0 desc, p.channel desc, p.rank), '[]')
         from contact_points p where p.client_id = c.id and p.removed_at is null) as addresses,
       (select coalesce(json_agg(json_build_object('id', m.id, 'number', m.number, 'title', m.title) order by m.id desc), '[]')
         from (select id, number, title from matters where client_id = c.id order by id desc limit 3) m) as matters
     from unnest($1::uuid[]) with ordinality as wanted (id, place) join clients c on c.id = wanted.id
     where c.kind = 'person' order by wanted.place`,
    [clientIds, text],
    'search_clients_found',
  )
  return rows.map((row) => ({ kind: 'client', ...row }))
}

async function mattersFound(
  tx: FirmTx,
  matterIds: readonly string[],
): Promise<Extract<Found, { kind: 'matter' }>[]> {
  if (matterIds.length === 0) return []
  const rows = await tx.rows<Omit<Extract<Found, { kind: 'matter' }>, 'kind'>>(
    `select m.id, m.number, m.title, m.state, c.name as client
     from unnest($1::uuid[]) with ordinality as wanted (id, place) join matters m on m.id = wanted.id
       left join clients c on c.id = m.client_id order by wanted.place`,
    [matterIds],
    'search_matters_found',
  )
  return rows.map((row) => ({ kind: 'matter', ...row }))
}

async function byId(tx: FirmTx, id: string): Promise<Found[]> {
  const [message] = await tx.rows<Omit<Extract<Found, { kind: 'message' }>, 'kind'>>(
    `select m.id, m.channel, m.state, c.name as client from messages m left join clients c on c.id = m.client_id where m.id = $1`,
    [id],
  )
  return [
    ...(await clientsFound(tx, [id], id)),
    ...(await mattersFound(tx, [id])),
    ...(message ? [{ kind: 'message' as const, ...message }] : []),
  ]
}
