/** What each role may do; plain, since the console reads it too. */
import type { Role, Scope } from './staff.ts'

export const scopesOf: Readonly<Record<Role, readonly Scope[]>> = {
  owner: ['read', 'operate', 'configure', 'administer'],
  attorney: ['read', 'operate', 'configure'],
  staff: ['read', 'operate'],
  read_only: ['read'],
  operator: ['read', 'operate', 'administer'],
}
