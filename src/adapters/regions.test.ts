import { expect, it } from 'vitest'
import { regionOf } from './regions.ts'

const at = (province: string | null, country: string | null = null, primary = false) => ({
  province,
  country,
  primary,
})

it('is the state of the address, however it is typed', () => {
  for (const typed of ['TX', 'tx', ' Texas ', 'TEXAS', 'Tx.'])
    expect(regionOf([at(typed)], 'US')).toBe('US-TX')
  expect(regionOf([at('New York', 'U.S.A.')], 'CA')).toBe('US-NY')
})

it('is of the primary address, else of the first', () => {
  expect(regionOf([at('TX'), at('FL', null, true)], 'US')).toBe('US-FL')
  expect(regionOf([at('TX'), at('FL')], 'US')).toBe('US-TX')
})

it('is the country where the state is not known, and nothing where neither is', () => {
  expect(regionOf([at(null)], 'US')).toBe('US')
  expect(regionOf([at('Ontario', 'Canada')], 'US')).toBe('CA')
  expect(regionOf([at('Texass')], 'US')).toBeNull()
  expect(regionOf([at('TX', 'Narnia')], 'US')).toBeNull()
  expect(regionOf([], 'US')).toBeNull()
})
