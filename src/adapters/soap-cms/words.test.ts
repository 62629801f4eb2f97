import { describe, expect, it } from 'vitest'
import { readFlag, readLanguage, readMails, readMoney, readName, readPause, readZone } from './words.ts'

describe('words of the old system', () => {
  it('say yes and no in their own way', () => {
    for (const text of ['Y', 'yes', '-1', '1', 'True', 'x']) expect(readFlag(text)).toBe(true)
    for (const text of ['N', 'no', '0', 'False']) expect(readFlag(text)).toBe(false)
    for (const text of [null, '', 'maybe']) expect(readFlag(text)).toBeNull()
  })

  it('pause a client unless they clearly do not', () => {
    for (const text of ['Y', '-1', 'see atty', 'deceased']) expect(readPause(text)).toBe(true)
    for (const text of [null, 'N', '0']) expect(readPause(text)).toBe(false)
  })

  it.each([
    ['SANTOS, MARIA G', 'Maria G Santos', 'Maria', 'Santos'],
    ["O'NEIL, JAMES", "James O'Neil", 'James', "O'Neil"],
    ['NGUYEN, LINH T JR', 'Linh T Nguyen Jr', 'Linh', 'Nguyen'],
    ['Björk, Ása', 'Ása Björk', 'Ása', 'Björk'],
    ['DE LA CRUZ, ANA', 'Ana De La Cruz', 'Ana', 'De La Cruz'],
    ['SMITH-JONES, PAT III', 'Pat Smith-Jones III', 'Pat', 'Smith-Jones'],
    ['SEABRIGHT FISHERIES, LLC', 'SEABRIGHT FISHERIES, LLC', null, null],
    ['Maria Santos', 'Maria Santos', null, null],
    ['CHER,', 'Cher,', null, 'Cher'],
  ])('%s is %s', (text, name, first, last) => {
    expect(readName(text, null)).toEqual({ name, first, last })
  })

  it('leave a company as it is where the system says that it is one', () => {
    expect(readName('HARBOR, PIKE & SONS', true)).toMatchObject({ name: 'HARBOR, PIKE & SONS', first: null })
    expect(readName('TRUST, ANNA', false)).toMatchObject({ name: 'Anna Trust' })
  })

  it('have amounts with all their signs', () => {
    expect(['$1,250.00', '0', '(12.50)', '-3', '12,34', 'TBD', ''].map(readMoney)).toEqual([
      1250,
      0,
      -12.5,
      -3,
      null,
      null,
      null,
    ])
  })

  it('have several mail addresses in a field', () => {
    expect(readMails('jim@x.example.com; <office@x.example.com>').good.map(({ address }) => address)).toEqual(
      ['jim@x.example.com', 'office@x.example.com'],
    )
    expect(readMails('jim@@x, none').rejected.map(({ value }) => value)).toEqual(['jim@@x'])
    expect(readMails('none').rejected).toMatchObject([{ value: 'none', reason: 'has no @' }])
    expect(readMails('')).toEqual({ good: [], rejected: [] })
  })

  it('name zones and languages, or what must be cleaned', () => {
    expect(readZone('America/Chicago').value).toBe('America/Chicago')
    expect(readZone('Eastern').rejected).toMatchObject([{ field: 'time_zone', value: 'Eastern' }])
    expect(['Spanish', 'EN', 'es-MX', 'Icelandic?', ''].map((text) => readLanguage(text).value)).toEqual([
      'es',
      'en',
      'es',
      null,
      null,
    ])
  })
})
