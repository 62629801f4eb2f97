import pg from 'pg'

/** PostgreSQL's own numbers of the types that we read in our own way (pg_type.dat). */
const OID = {
  int8: 20,
  int8Array: 1016,
  date: 1082,
  dateArray: 1182,
  timestamptz: 1184,
  timestamptzArray: 1185,
}

type Parse = (text: string) => unknown

function parseInt8(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`bigint ${text} does not fit a JavaScript number: cast it to text in the query`)
}

/** PostgreSQL writes `2026-01-02 03:04:05.678+00`, which is what Temporal reads (RFC 9557 allows the blank). */
const parseInstant = (text: string) => Temporal.Instant.from(text)
const parseDate = (text: string) => Temporal.PlainDate.from(text)

// pg-types has the array parser but its types do not say so.
const { arrayParser } = pg.types as unknown as {
  arrayParser: { create(text: string, parse: Parse): { parse(): unknown[] } }
}
const arrayOf =
  (parse: Parse): Parse =>
  (text) =>
    arrayParser.create(text, parse).parse()

const PARSERS = new Map<number, Parse>([
  [OID.int8, parseInt8],
  [OID.int8Array, arrayOf(parseInt8)],
  [OID.date, parseDate],
  [OID.dateArray, arrayOf(parseDate)],
  [OID.timestamptz, parseInstant],
  [OID.timestamptzArray, arrayOf(parseInstant)],
])

/**
 * How columns become values: `bigint` a number (an unsafe one throws), `timestamptz` a Temporal.Instant, `date`
 * a Temporal.PlainDate, `jsonb` what JSON says, arrays of these alike, and all else as pg does (numeric is text).
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : PARSERS.get(oid)
    return own ?? pg.types.getTypeParser(oid, format as 'text')
  },
}

/**
 * Teaches pg to send Temporal values, alone or in arrays (`unnest($1::timestamptz[])`), as text that PostgreSQL
 * reads. pg asks any object for `toPostgres`; without one it sends JSON, quotes and all.
 */
function sendAsText(prototype: object): void {
  Object.defineProperty(prototype, 'toPostgres', {
    value(this: { toString(): string }) {
      return this.toString()
    },
    configurable: true,
    enumerable: false,
  })
}
sendAsText(Temporal.Instant.prototype)
sendAsText(Temporal.PlainDate.prototype)
sendAsText(Temporal.PlainTime.prototype)
