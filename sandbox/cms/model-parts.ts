import type { Row } from './types.ts'

/** Name of a contact or user as Clio shows it. */
export function personName(row: Row): string {
  if (row.attrs.type === 'Company') return String(row.attrs.name ?? '')
  return [row.attrs.first_name, row.attrs.middle_name, row.attrs.last_name]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ')
}

/** First letters of the names. */
export function initials(row: Row): string {
  return personName(row)
    .split(/\s+/)
    .map((part) => part.slice(0, 1))
    .join('')
}

/** Kinds of custom field that Clio knows. */
export const FIELD_TYPES = [
  'checkbox',
  'contact',
  'currency',
  'date',
  'time',
  'email',
  'matter',
  'numeric',
  'picklist',
  'text_area',
  'text_line',
  'url',
] as const
