/** Every kind of trouble that an audit or the daily work finds, in words for staff, and what must wait for its repair. */
import { type Purpose, purposes } from '../../kernel/index.ts'

export type Subject = 'client' | 'matter' | 'appointment' | 'document' | 'bill'

export interface KindOfTrouble {
  title: string
  /** What to do about it, in the CMS. */
  advice: string
  /** What can't be said safely about a matter that has it. None: worth mending, and nothing waits for it. */
  blocks: readonly Purpose[]
}

const everything = purposes
const told = ['status', 'reminder', 'billing'] as const
const soft: readonly Purpose[] = []

export const catalogue = {
  mail_unusable: {
    title: 'Mail address that no server takes',
    advice: 'Correct the address; one address in each field.',
    blocks: soft,
  },
  mail_typo: {
    title: 'Mail address that looks misspelt',
    advice: 'Ask the client, then correct it: the misspelt domain may belong to a stranger.',
    blocks: everything,
  },
  mail_placeholder: {
    title: 'Mail address that stands for "none"',
    advice: 'Empty the field.',
    blocks: everything,
  },
  mail_shared: {
    title: 'Mail address of several clients',
    advice: 'Make sure that each may read what is meant for the others, or give each their own.',
    blocks: told,
  },
  phone_unusable: {
    title: 'Phone number that can not be dialled',
    advice: 'Correct the number, with its country code where it is not of this country.',
    blocks: soft,
  },
  phone_landline: {
    title: 'Number called mobile that takes no texts',
    advice: 'Ask for the mobile number, and call this one Home or Work.',
    blocks: soft,
  },
  phone_fax: {
    title: 'The same number as a mobile and as a fax',
    advice: 'Find out which it is, and delete the other entry.',
    blocks: soft,
  },
  phone_placeholder: {
    title: 'Phone number that stands for "none"',
    advice: 'Empty the field.',
    blocks: soft,
  },
  phone_shared: {
    title: 'Phone number of several clients',
    advice: 'Make sure that each may read what is meant for the others, or give each their own.',
    blocks: told,
  },
  phone_in_name: {
    title: 'Phone number in a name',
    advice: 'Move the number to the phone numbers.',
    blocks: everything,
  },
  name_order: {
    title: 'Name as "Last, First"',
    advice: 'Part it into first and last name: messages begin with it.',
    blocks: soft,
  },
  name_shouting: {
    title: 'Name in capitals only',
    advice: 'Write it as one would on a letter.',
    blocks: soft,
  },
  name_placeholder: {
    title: 'A test record, or one not to be used',
    advice: 'Delete it, or take it off its matters.',
    blocks: everything,
  },
  name_company: {
    title: 'A company entered as a person',
    advice: 'Make it a company; write to a person there.',
    blocks: soft,
  },
  name_spacing: { title: 'Blanks too many in a name', advice: 'Take them out.', blocks: soft },
  name_characters: {
    title: 'Emoji or invisible characters in a name',
    advice: 'Write it anew by hand: an emoji makes each text cost twice.',
    blocks: soft,
  },
  name_mojibake: {
    title: 'Name damaged by a wrong encoding',
    advice: 'Write it anew; check the last import.',
    blocks: soft,
  },
  name_missing: { title: 'Client without a name', advice: 'Enter it.', blocks: everything },
  client_twice: {
    title: 'The same client twice',
    advice: 'Merge the two: a STOP, a pause or a new number would reach one of them only.',
    blocks: everything,
  },
  client_nearly_twice: {
    title: 'Perhaps the same client twice',
    advice: 'Compare the two, and merge them if they are one.',
    blocks: everything,
  },
  client_unreachable: {
    title: 'Client of an open matter who can not be reached',
    advice: 'Enter a mobile number or a mail address.',
    blocks: everything,
  },
  preference_missing: {
    title: 'Nobody asked how the client wants to hear from us',
    advice: 'Ask, and enter it: until then nothing is sent.',
    blocks: everything,
  },
  preference_unknown: {
    title: 'Contact preference in words of its own',
    advice: 'Enter SMS, Email, Both or None.',
    blocks: everything,
  },
  preference_unmet: {
    title: 'Contact preference that can not be met',
    advice: 'Enter what it needs (a mobile number for SMS, an address for Email), or ask again.',
    blocks: everything,
  },
  zone_unknown: {
    title: 'Time zone that no clock knows',
    advice: 'Enter it as America/New_York.',
    blocks: ['reminder'],
  },
  zone_fixed: {
    title: 'Time zone without summer time',
    advice: 'Enter the city: EST is an hour off in summer, America/New_York is not.',
    blocks: ['reminder'],
  },
  language_unknown: {
    title: 'Language that can not be read',
    advice: 'Enter one, as two letters: en, es.',
    blocks: soft,
  },
  pause_unclear: {
    title: 'Pause flag that says neither yes nor no',
    advice: 'Make it yes or no; a remark belongs into a note.',
    blocks: everything,
  },
  status_unknown: {
    title: 'Status that the status map does not know',
    advice: 'Add it to statuses.yaml, or correct it in the CMS.',
    blocks: ['status'],
  },
  status_missing: { title: 'Matter without a status', advice: 'Enter it.', blocks: ['status'] },
  status_contradicts: {
    title: 'Open and closed at once',
    advice: 'Bring status, stage and closing date together.',
    blocks: told,
  },
  stage_missing: {
    title: 'Open matter without a stage',
    advice: 'Put it into its stage: "Open" is no news for a client.',
    blocks: ['status'],
  },
  client_missing: { title: 'Matter without a client', advice: 'Link the client.', blocks: everything },
  statute_passed: {
    title: 'Statute of limitations passed on an open matter',
    advice: 'Look today: complete the task if the claim is filed, correct the date if it is wrong.',
    blocks: soft,
  },
  statute_missing: {
    title: 'Open matter without a statute of limitations, where others of its kind have one',
    advice: 'Enter it.',
    blocks: soft,
  },
  attorney_missing: {
    title: 'Matter without a responsible attorney',
    advice: 'Enter who is responsible: tasks and answers go there.',
    blocks: ['conversation'],
  },
  attorney_inactive: {
    title: 'The responsible attorney has left or is switched off',
    advice: 'Enter who took over.',
    blocks: ['conversation'],
  },
  number_twice: { title: 'Matter number given twice', advice: 'Renumber one of them.', blocks: soft },
  date_unreadable: {
    title: 'Date that can not be read',
    advice: 'Enter it as a date.',
    blocks: ['reminder'],
  },
  date_past_century: {
    title: 'Date in another century',
    advice: 'Correct the year.',
    blocks: ['reminder'],
  },
  date_far_ahead: {
    title: 'Date too far ahead to be meant',
    advice: 'Correct the year.',
    blocks: ['reminder'],
  },
  ends_before_it_begins: {
    title: 'Appointment that ends before it begins',
    advice: 'Correct its times.',
    blocks: ['reminder'],
  },
  all_day_hearing: {
    title: 'Court date without a time',
    advice: 'Enter the time: a reminder would say midnight, or none.',
    blocks: ['reminder'],
  },
  deadline_on_day_off: {
    title: 'Filing deadline on a day when courts are closed',
    advice: 'Count again: such a deadline moves to the next working day (FRCP 6(a)(1)(C)).',
    blocks: soft,
  },
  appointment_orphaned: {
    title: 'Court date that belongs to no matter',
    advice: 'Link the matter: nobody is reminded of it.',
    blocks: ['reminder'],
  },
  document_nameless: { title: 'Document without a name', advice: 'Name it.', blocks: soft },
  amount_negative: {
    title: 'Bill over less than nothing',
    advice: 'Make it a credit note, or correct the amount.',
    blocks: ['billing'],
  },
  amount_unreadable: {
    title: 'Bill whose amount is no number',
    advice: 'Enter it as a number.',
    blocks: ['billing'],
  },
  paid_without_payment: {
    title: 'Bill marked paid though less was paid than asked',
    advice: 'Enter the payment, or open the bill again.',
    blocks: ['billing'],
  },
  record_unreadable: {
    title: 'Record that did not come as documented',
    advice: 'See the differences from the documentation, below.',
    blocks: soft,
  },
} as const satisfies Record<string, KindOfTrouble>

export type Kind = keyof typeof catalogue
export const kinds = Object.keys(catalogue) as Kind[]
export const isKind = (kind: string): kind is Kind => Object.hasOwn(catalogue, kind)
export const kindOf = (kind: Kind): KindOfTrouble => catalogue[kind]
