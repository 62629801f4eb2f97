import type { Kind } from './types.ts'
import { phoneOf, setField, setMails, setName, setPhones } from './world.ts'

/** What goes wrong with people in a real firm's address book, and beside each the clean case that looks like it. */
export const clientKinds: readonly Kind[] = [
  {
    kind: 'mail-domain-misspelt',
    about: 'gmial.com, hotmial.com',
    dirty: ({ store, one }) => {
      setMails(store, one.client, [
        `ana${one.number}@${['gmial.com', 'hotmial.com', 'yaho.com'][one.number % 3]}`,
      ])
      return [one.client]
    },
    clean: ({ store, one }) =>
      setMails(store, one.client, [
        `ana${one.number}@${['ymail.com', 'mail.com', 'yahoo.co.uk'][one.number % 3]}`,
      ]),
  },
  {
    kind: 'mail-ending-misspelt',
    about: '.con for .com',
    dirty: ({ store, one }) => {
      setMails(store, one.client, [`p${one.number}@riverside-dental.con`])
      return [one.client]
    },
    clean: ({ store, one }) => setMails(store, one.client, [`p${one.number}@riverside-dental.co`]),
  },
  {
    kind: 'mail-two-in-one',
    about: 'two addresses in one field',
    dirty: ({ store, one }) => {
      setMails(store, one.client, [`p${one.number}@post.example.net; q${one.number}@post.example.net`])
      return [one.client]
    },
    clean: ({ store, one }) =>
      setMails(store, one.client, [`p${one.number}@post.example.net`, `q${one.number}@post.example.net`]),
  },
  {
    kind: 'mail-trailing-dot',
    about: 'a dot after the address, as at the end of a sentence',
    dirty: ({ store, one }) => {
      setMails(store, one.client, [`p${one.number}@post.example.net.`])
      return [one.client]
    },
    clean: ({ store, one }) => setMails(store, one.client, [`p.q.${one.number}@post.example.net`]),
  },
  {
    kind: 'phone-landline-as-mobile',
    about: 'a landline labelled Mobile',
    dirty: ({ store, one }) => {
      setPhones(store, one.client, [
        ['Mobile', '+442079460958'.slice(0, -3) + String(100 + (one.number % 900))],
      ])
      return [one.client]
    },
    clean: ({ store, one }) =>
      setPhones(store, one.client, [
        ['Mobile', phoneOf(one.number)],
        ['Work', `+442079461${String(100 + (one.number % 900))}`],
      ]),
  },
  {
    kind: 'phone-too-short',
    about: 'seven digits, the area code left out',
    dirty: ({ store, one }) => {
      setPhones(store, one.client, [['Mobile', `555-${1000 + (one.number % 9000)}`]])
      return [one.client]
    },
    clean: ({ store, one }) =>
      setPhones(store, one.client, [['Mobile', phoneOf(one.number).replace(/^\+1(...)(...)/, '($1) $2-')]]),
  },
  {
    kind: 'phone-with-letters',
    about: 'O for 0, or a word',
    dirty: ({ store, one }) => {
      setPhones(store, one.client, [['Mobile', `7O2-555-${1000 + (one.number % 9000)}`]])
      return [one.client]
    },
    clean: ({ store, one }) =>
      setPhones(store, one.client, [['Mobile', phoneOf(one.number).replace(/^\+1(...)(...)/, '$1.$2.')]]),
  },
  {
    kind: 'phone-fax-as-mobile',
    about: 'the fax number once more, as Mobile',
    dirty: ({ store, one }) => {
      setPhones(store, one.client, [
        ['Fax', phoneOf(one.number)],
        ['Mobile', phoneOf(one.number)],
      ])
      return [one.client]
    },
    clean: ({ store, one }) =>
      setPhones(store, one.client, [
        ['Mobile', phoneOf(one.number)],
        ['Fax', phoneOf(one.number + 40_000)],
      ]),
  },
  {
    kind: 'phone-placeholder',
    about: '000-000-0000 because the form wanted a number',
    dirty: ({ store, one }) => {
      setPhones(store, one.client, [
        ['Mobile', ['000-000-0000', '5555555555', '123-456-7890'][one.number % 3]!],
      ])
      return [one.client]
    },
    clean: ({ store, one }) => setPhones(store, one.client, [['Mobile', phoneOf(one.number)]]),
  },
  {
    kind: 'phone-shared',
    about: 'one number for three people of different names',
    dirty: ({ store, one, more }) => {
      const all = [one, more(), more()].map(({ client }) => client)
      const names = [
        ['Rosalind', 'Achterberg'],
        ['Dmitri', 'Volkov'],
        ['Yusuf', 'Hassan'],
      ] as const
      all.forEach((client, i) => {
        setName(client, names[i]![0], `${names[i]![1]}-${one.number}`)
        setPhones(store, client, [['Mobile', phoneOf(one.number)]])
      })
      return all
    },
    clean: ({ store, one }) => setPhones(store, one.client, [['Mobile', phoneOf(one.number)]]),
  },
  {
    kind: 'phone-in-name',
    about: 'the number where the name should be',
    dirty: ({ one }) => {
      setName(one.client, 'Maria (sister) 702-555-0148', `Santori${one.number}`.replace(/\d+$/, ''))
      return [one.client]
    },
    clean: ({ one }) => setName(one.client, 'Maria', 'Santori III'),
  },
  {
    kind: 'name-last-first',
    about: 'the whole name in the last name, turned around',
    dirty: ({ one }) => {
      setName(one.client, null, 'Petrov, Anastasia')
      return [one.client]
    },
    clean: ({ one }) => setName(one.client, 'Anastasia', 'Petrov, Jr.'),
  },
  {
    kind: 'name-in-capitals',
    about: 'as the court writes it',
    dirty: ({ one }) => {
      setName(one.client, 'MARGUERITE', 'FAIRWEATHER')
      return [one.client]
    },
    clean: ({ one }) => setName(one.client, 'JD', 'McArthur'),
  },
  {
    kind: 'name-placeholder',
    about: 'TEST, DO NOT USE',
    dirty: ({ one }) => {
      if (one.number % 2 === 0) setName(one.client, 'TEST', 'TEST')
      else setName(one.client, 'Lena', 'Brandt - DO NOT USE')
      return [one.client]
    },
    clean: ({ one }) => setName(one.client, 'Ernest', 'Testerman'),
  },
  {
    kind: 'name-of-a-company',
    about: 'a company entered as a person',
    dirty: ({ one }) => {
      setName(one.client, 'Bayside', 'Plumbing LLC')
      return [one.client]
    },
    clean: ({ one }) => {
      one.client.attrs.type = 'Company'
      one.client.attrs.name = 'Bayside Plumbing LLC'
      one.client.attrs.first_name = null
      one.client.attrs.last_name = null
    },
  },
  {
    kind: 'name-with-emoji',
    about: 'an emoji, or a character that nobody sees',
    dirty: ({ one }) => {
      setName(one.client, one.number % 2 === 0 ? 'Chloé 🌸' : 'Chloé\u200b', 'Marchetti')
      return [one.client]
    },
    clean: ({ one }) => setName(one.client, 'Chloé', 'Marchetti'),
  },
  {
    kind: 'name-damaged',
    about: 'UTF-8 read as windows-1252',
    dirty: ({ one }) => {
      setName(one.client, 'JosÃ©', 'MuÃ±oz')
      return [one.client]
    },
    clean: ({ one }) => setName(one.client, 'João', 'Ãngelo'),
  },
  {
    kind: 'client-twice',
    about: 'the same person, entered again by the next paralegal',
    dirty: ({ store, one, more }) => {
      const other = more()
      setName(one.client, 'Wilhelmina', `Ostrander`)
      setName(other.client, 'Wilhelmina', `Ostrander`)
      for (const { client } of [one, other]) setMails(store, client, [`w${one.number}@post.example.net`])
      return [one.client, other.client]
    },
    // Namesakes exist.
    clean: ({ one, more }) => {
      setName(one.client, 'Wilhelmina', 'Ostrander')
      setName(more().client, 'Wilhelmina', 'Ostrander')
    },
  },
  {
    kind: 'client-nearly-twice',
    about: 'Jon and John, of one number',
    dirty: ({ store, one, more }) => {
      const other = more()
      setName(one.client, 'Jon', 'Petersen')
      setName(other.client, 'John', 'Petersen')
      for (const { client } of [one, other]) setPhones(store, client, [['Mobile', phoneOf(one.number)]])
      return [one.client, other.client]
    },
    clean: ({ one, more }) => {
      setName(one.client, 'Jon', 'Petersen')
      setName(more().client, 'John', 'Petersen')
    },
  },
  {
    kind: 'client-unreachable',
    about: 'neither phone nor mail, with an open matter',
    dirty: ({ store, one }) => {
      setPhones(store, one.client, [])
      setMails(store, one.client, [])
      return [one.client]
    },
    // Whoever wants no messages needs no address.
    clean: ({ store, one }) => {
      setPhones(store, one.client, [])
      setMails(store, one.client, [])
      setField(store, one.client, 'Contact preference', 'None')
    },
  },
  {
    kind: 'preference-without-means',
    about: 'SMS, and no mobile',
    dirty: ({ store, one }) => {
      setPhones(store, one.client, [])
      setField(store, one.client, 'Contact preference', 'SMS')
      return [one.client]
    },
    clean: ({ store, one }) => {
      setPhones(store, one.client, [])
      setField(store, one.client, 'Contact preference', 'Email')
    },
  },
  {
    kind: 'time-zone-in-words',
    about: 'Eastern; or EST, which has no summer',
    dirty: ({ store, one }) => {
      setField(store, one.client, 'Time zone', one.number % 2 === 0 ? 'Eastern' : 'EST')
      return [one.client]
    },
    clean: ({ store, one }) => setField(store, one.client, 'Time zone', 'US/Eastern'),
  },
  {
    kind: 'language-unknown',
    about: 'two at once, or nobody knows which',
    dirty: ({ store, one }) => {
      setField(store, one.client, 'Language', 'Engl./Span.?')
      return [one.client]
    },
    clean: ({ store, one }) => setField(store, one.client, 'Language', 'Español'),
  },
  {
    kind: 'pause-in-words',
    about: 'a remark where yes or no is wanted',
    dirty: ({ store, one }) => {
      setField(store, one.client, 'Pause automation', 'ask Bob first')
      return [one.client]
    },
    clean: ({ store, one }) => setField(store, one.client, 'Pause automation', 'true'),
  },
]
