// The border of the control paths: a value, or which field is wrong and why.

/** A refused input: answered as 400 `{error:{field,message}}`. */
export type Bad = { bad: { field: string; message: string } }

export function bad(field: string, message: string): Bad {
  return { bad: { field, message } }
}

export function isBad<T>(value: T | Bad): value is Bad {
  return typeof value === 'object' && value !== null && 'bad' in value
}

type Fields = Record<string, unknown>

/** An object with known names only. `at` is its place in the body, '' for the top. */
export function record(input: unknown, at: string, names: readonly string[]): Fields | Bad {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return bad(at || 'body', 'must be an object')
  }
  const strange = Object.keys(input).find((name) => !names.includes(name))
  if (strange !== undefined) return bad(place(at, strange), `is not known; known are ${names.join(', ')}`)
  return input as Fields
}

export function text(fields: Fields, name: string, at = ''): string | Bad {
  const value = fields[name]
  if (typeof value !== 'string' || value === '')
    return bad(place(at, name), 'must be a text that is not empty')
  return value
}

export function optionalText(fields: Fields, name: string, at = ''): string | undefined | Bad {
  return fields[name] === undefined ? undefined : text(fields, name, at)
}

export function optionalNumber(
  fields: Fields,
  name: string,
  min: number,
  max: number,
  at = '',
): number | undefined | Bad {
  const value = fields[name]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    return bad(place(at, name), `must be a number from ${min} to ${max}`)
  }
  return value
}

export function oneOf<T extends string>(
  fields: Fields,
  name: string,
  allowed: readonly T[],
  at = '',
): T | Bad {
  const value = fields[name]
  const found = allowed.find((item) => item === value)
  return found ?? bad(place(at, name), `must be one of ${allowed.join(', ')}`)
}

/** A moment in a query: ISO 8601 or ms since the epoch. Undefined when left out. */
export function moment(value: string | undefined, name: string): number | undefined | Bad {
  if (value === undefined || value === '') return undefined
  // A '+' of a UTC offset arrives as a blank when it was not encoded.
  const time = /^\d+$/.test(value) ? Number(value) : Date.parse(value.replace(/ (\d\d:?\d\d)$/, '+$1'))
  return Number.isNaN(time) ? bad(name, 'must be a time (ISO 8601, or ms since 1970)') : time
}

function place(at: string, name: string): string {
  return at === '' ? name : `${at}.${name}`
}
