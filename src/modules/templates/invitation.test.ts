import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { AppointmentSpan } from '../facts/index.ts'
import { cleanText, oneLine } from './clean.ts'
import { type Invitation, invitationFile, readdressed, writeInvitation } from './invitation.ts'

const at = (text: string) => Temporal.Instant.from(text)
const timed = (from: string, until: string): AppointmentSpan => ({
  kind: 'timed',
  from: at(from),
  until: at(until),
})
const days = (from: string, until: string): AppointmentSpan => ({
  kind: 'days',
  from: Temporal.PlainDate.from(from),
  until: Temporal.PlainDate.from(until),
})
const usual: Invitation = {
  uid: '0198-fact@0197-firm',
  sequence: 2,
  writtenAt: at('2030-10-15T18:00:00Z'),
  cancelled: false,
  span: timed('2030-10-18T21:00:00Z', '2030-10-18T22:30:00Z'),
  summary: 'Motion hearing',
  location: 'Courtroom 5',
  organizer: { email: 'updates@firm.example', name: 'Harbor & Pike' },
  attendee: 'maria@example.com',
}
const write = (changes: Partial<Invitation> = {}): string => writeInvitation({ ...usual, ...changes })
const linesOf = (text: string) => text.split('\r\n')
const unfolded = (text: string) => linesOf(text.replaceAll('\r\n ', ''))

/** As Thunderbird reads it: the parser is Mozilla's, and shares nothing with what writes. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const [event, ...more] = calendar.getAllSubcomponents('vevent')
  if (!event || more.length > 0) throw new Error('not one event')
  const time = (name: string) => event.getFirstPropertyValue(name) as ICAL.Time
  return { calendar, event, time, value: (name: string) => event.getFirstPropertyValue(name) }
}
const instantOf = (time: ICAL.Time) => Temporal.Instant.fromEpochMilliseconds(time.toJSDate().getTime())

describe('an invitation', () => {
  it('is a request about one event, with all that a calendar needs and nothing that it does not', () => {
    expect(linesOf(write())).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Tipstaff//Tipstaff//EN',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:0198-fact@0197-firm',
      'SEQUENCE:2',
      'DTSTAMP:20301015T180000Z',
      'DTSTART:20301018T210000Z',
      'DTEND:20301018T223000Z',
      'SUMMARY:Motion hearing',
      'LOCATION:Courtroom 5',
      'ORGANIZER;CN="Harbor & Pike":mailto:updates@firm.example',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:MAILTO:mari',
      ' a@example.com',
      'STATUS:CONFIRMED',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('is the same bytes each time it is written', () => {
    expect(write()).toBe(write())
  })

  it('that is cancelled says so twice, of the same UID', () => {
    const lines = linesOf(write({ cancelled: true, sequence: 3 }))
    expect(lines).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:3', `UID:${usual.uid}`]),
    )
    expect(lines).not.toContain('STATUS:CONFIRMED')
  })

  it('of a whole day names days and no times, and ends on the day after', () => {
    const lines = linesOf(write({ span: days('2030-12-31', '2031-01-01') }))
    expect(lines).toContain('DTSTART;VALUE=DATE:20301231')
    expect(lines).toContain('DTEND;VALUE=DATE:20310101')
    expect(lines.join()).not.toMatch(/DT(START|END)[^,]*T\d/)
  })

  it('folds lines at 75 octets, not characters, and never within a character', () => {
    const text = write({
      summary: 'Anhörung vor dem Gericht in Österreich, «größerer» Saal '.repeat(4),
      location: '👩🏽‍⚖️ 法院'.repeat(20),
    })
    for (const line of linesOf(text)) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75)
    expect(Buffer.from(text).toString()).toBe(text)
    expect(text).not.toContain('\ufffd')
    expect(read(text).value('location')).toBe('👩🏽‍⚖️ 法院'.repeat(20))
  })

  it('breaks lines by CRLF alone, the last one too', () => {
    const text = write({ location: 'a\nb\r\nc\rd\u2028e' })
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\u2028]/)
    expect(text).toMatch(/END:VCALENDAR\r\n$/)
    expect(read(text).value('location')).toBe('a\nb\nc\nd\ne')
  })

  it('escapes what has a meaning in the format, so that a place can add no line of its own', () => {
    const text = write({ location: 'Room 5; 2nd floor, "old" \\ wing\nDESCRIPTION:privileged\nEND:VEVENT' })
    expect(unfolded(text)).toContain(
      'LOCATION:Room 5\\; 2nd floor\\, "old" \\\\ wing\\nDESCRIPTION:privileged\\nEND:VEVENT',
    )
    expect(unfolded(text).filter((line) => line.startsWith('DESCRIPTION') || line === 'END:VEVENT')).toEqual([
      'END:VEVENT',
    ])
  })

  it('has one line of summary, and no location where there is none', () => {
    const lines = unfolded(write({ summary: ' Motion\nhearing ', location: ' \n ' }))
    expect(lines).toContain('SUMMARY:Motion hearing')
    expect(lines.join()).not.toContain('LOCATION')
  })

  it('names a sender whose name has quotes and carets as RFC 6868 has it', () => {
    const { event } = read(write({ organizer: { email: 'a@b.example', name: 'Pike "&" Sons ^ Co\r\nX:y' } }))
    expect(event.getFirstProperty('organizer')!.getParameter('cn')).toBe('Pike "&" Sons ^ Co X:y')
  })

  it('writes addresses as a URI, so that none ends its line or its value', () => {
    const attendee = 'o’neil+court,x;y%z@example.com\r\nSTATUS:X'
    const { event } = read(write({ attendee }))
    const uri = String(event.getFirstPropertyValue('attendee'))
    expect(decodeURIComponent(uri.replace(/^mailto:/i, ''))).toBe('o’neil+court,x;y%z@example.com STATUS:X')
    expect(uri).toContain('+court')
  })

  it('reads back as it was meant, whatever the texts, the time and the zone it was written in', () => {
    const texts = fc.string({
      unit: fc.oneof(
        { weight: 5, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
        {
          weight: 3,
          arbitrary: fc.constantFrom(
            ...[',', ';', '\\', '"', ':', '^', '\n', '\r\n', ' ', '\t', '\ud83d', '😀'],
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom('END:VEVENT', '\\n', '\u2028', '\0', 'é'.repeat(40)) },
      ),
      maxLength: 200,
    })
    const zones = fc.constantFrom(
      ...[
        'America/New_York',
        'Asia/Kathmandu',
        'Pacific/Apia',
        'Australia/Lord_Howe',
        'UTC',
        'Africa/Casablanca',
      ],
    )
    const wall = fc
      .record({
        year: fc.integer({ min: 1971, max: 2199 }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
        hour: fc.integer({ min: 0, max: 23 }),
        minute: fc.integer({ min: 0, max: 59 }),
      })
      .map((fields) => Temporal.PlainDateTime.from(fields))
    fc.assert(
      fc.property(
        texts,
        texts,
        wall,
        zones,
        fc.integer({ min: 1, max: 5_000 }),
        fc.boolean(),
        fc.boolean(),
        fc.nat(10_000),
        (summary, location, start, zone, minutes, wholeDay, cancelled, sequence) => {
          const from = start.toZonedDateTime(zone).toInstant()
          const span: AppointmentSpan = wholeDay
            ? { kind: 'days', from: start.toPlainDate(), until: start.toPlainDate().add({ days: 1 }) }
            : { kind: 'timed', from, until: from.add({ minutes }) }
          const text = write({ summary, location, span, cancelled, sequence })
          const { calendar, time, value } = read(text)
          expect(calendar.getFirstPropertyValue('method')).toBe(cancelled ? 'CANCEL' : 'REQUEST')
          expect(value('uid')).toBe(usual.uid)
          expect(value('sequence')).toBe(sequence)
          expect(value('summary')).toBe(oneLine(summary))
          expect(value('location') ?? '').toBe(cleanText(location).trim())
          expect(instantOf(time('dtstamp')).equals(usual.writtenAt)).toBe(true)
          expect(time('dtstart').isDate).toBe(wholeDay)
          if (span.kind === 'days') {
            expect(time('dtstart').toString()).toBe(span.from.toString())
            expect(time('dtend').toString()).toBe(span.until.toString())
          } else {
            expect(time('dtstart').zone.tzid).toBe('UTC')
            expect(instantOf(time('dtstart')).equals(span.from)).toBe(true)
            expect(instantOf(time('dtend')).equals(span.until)).toBe(true)
          }
          for (const line of linesOf(text)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('an invitation for another address of the same client', () => {
  it('invites that one, and is the same else', () => {
    const other = 'maria.luisa.santos-fernandez+court@a-rather-long-mail-domain.example.org'
    expect(readdressed(write(), other)).toBe(write({ attendee: other }))
    expect(readdressed(write({ attendee: other }), usual.attendee)).toBe(write())
  })

  it('is not led astray by a summary that looks like an attendee', () => {
    const summary = `${'x'.repeat(61)} ATTENDEE:MAILTO:a@b.example`
    expect(readdressed(write({ summary }), 'c@d.example')).toBe(write({ summary, attendee: 'c@d.example' }))
  })
})

describe('the file that goes with a mail', () => {
  it.each([
    [false, 'text/calendar; method=REQUEST'],
    [true, 'text/calendar; method=CANCEL'],
  ])('names its method (cancelled: %s)', (cancelled, contentType) => {
    const content = write({ cancelled })
    expect(invitationFile(content)).toEqual({ filename: 'invitation.ics', contentType, content })
  })
})
