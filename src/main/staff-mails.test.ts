import { describe, expect, it } from 'vitest'
import { staffMail } from './staff-mails.ts'

const given = { name: 'Nadia Ortiz', firm: 'Harbor & Pike', link: 'https://tipstaff.example/join#tsi_x' }

describe('a mail to somebody who works there', () => {
  it('is in each language of the firm that we speak, in its order', () => {
    const { subject, text } = staffMail('invitation', ['es', 'pl', 'en'], given)
    expect(subject).toBe('Su acceso a Tipstaff en Harbor & Pike · Your sign-in to Tipstaff at Harbor & Pike')
    expect(text.indexOf('Hola, Nadia Ortiz:')).toBe(0)
    expect(text.indexOf('Hello Nadia Ortiz,')).toBeGreaterThan(0)
    expect(text.split(given.link)).toHaveLength(3)
  })

  it('is in English where we speak none of them', () => {
    expect(staffMail('newPassword', ['pl'], given)).toEqual(staffMail('newPassword', ['en'], given))
    expect(staffMail('newPassword', ['pl'], given).subject).toBe('Choose a new password for Tipstaff')
  })

  it('names whom, where and the link, whatever it is about', () => {
    for (const kind of ['invitation', 'newPassword'] as const)
      for (const language of ['en', 'es']) {
        const { text } = staffMail(kind, [language], given)
        for (const part of Object.values(given)) expect(text).toContain(part)
      }
  })
})
