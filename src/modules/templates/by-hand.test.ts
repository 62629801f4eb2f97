import { describe, expect, it } from 'vitest'
import { templateConfig } from './types.ts'

const template = (more: object) =>
  templateConfig.safeParse({
    key: 'note',
    languages: { en: { sms: 'Answer C. {{ topic }}' } },
    byHand: {},
    ...more,
  })
const messages = (more: object) => template(more).error?.issues.map((issue) => issue.message) ?? []

describe('a template that may be sent by hand', () => {
  it('is about the status of a matter unless it says otherwise', () => {
    expect(template({}).data?.byHand).toEqual({ purpose: 'status' })
    expect(template({ byHand: { purpose: 'billing' } }).data?.byHand).toEqual({ purpose: 'billing' })
  })

  it.each(['reminder', 'marketing', 'nonsense'])('is not for %s', (purpose) => {
    expect(template({ byHand: { purpose } }).success).toBe(false)
  })

  it.each([
    [{ 'Topic!': 'x' }, 'can not be typed'],
    [{ 'client.name': 'x' }, 'is not for a person to type: client comes from the facts'],
    [{ 'event.starts_at': 'x' }, 'is not for a person to type'],
    [{ document: 'x', 'document.title': 'y' }, 'lies within document'],
    [{ __proto__x: 'x', constructor: 'y' }, 'can not be typed'],
  ])('has variables that a person can type: %j', (variables, message) => {
    expect(messages({ variables })).toContainEqual(expect.stringContaining(message))
  })

  it('asks for no answer about an appointment', () => {
    expect(messages({ answers: { confirm: ['C'] } })).toContainEqual(
      expect.stringContaining('only reminder plans may'),
    )
  })
})
