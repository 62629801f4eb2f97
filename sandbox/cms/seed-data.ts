/** The matters of the example firm and what lies in them. All invented. */
/** Stage names as the firm's people typed them over the years; the order is that of the list in the CMS. */
export const STAGES = [
  'Intake',
  'Awaiting Documents',
  'Awaiting Docs_FINAL_v2',
  'Investigation',
  'Demand Sent',
  'Complaint Filed',
  'Discovery',
  'DISCOVERY - phase 2',
  'Deposition Scheduled',
  'Mediation',
  'Settlement Offer',
  'settlement neg.',
  'Trial Prep',
  'Trial',
  'Settled',
  'Closed',
  'on hold??',
  'Discovery Complete',
] as const

/** The usual way of a matter; played streams move matters along it. */
export const USUAL_WAY = [
  'Intake',
  'Investigation',
  'Complaint Filed',
  'Discovery',
  'Deposition Scheduled',
  'Settlement Offer',
  'Settled',
] as const

export interface SeedMatter {
  id: number
  client: number
  description: string
  practice: 'Personal Injury' | 'Employment' | 'Family' | 'Commercial'
  stage: (typeof STAGES)[number]
  status?: 'Pending' | 'Closed'
  attorney: number
}

export const MATTERS: readonly SeedMatter[] = [
  {
    id: 21001,
    client: 11001,
    description: 'Santos v. Metro Transit Authority',
    practice: 'Personal Injury',
    stage: 'Discovery',
    attorney: 61,
  },
  {
    id: 21002,
    client: 11002,
    description: 'Whitfield v. Crestline Studios',
    practice: 'Employment',
    stage: 'Intake',
    attorney: 62,
  },
  {
    id: 21003,
    client: 11003,
    description: 'Begay v. Sonora Freight',
    practice: 'Personal Injury',
    stage: 'Awaiting Docs_FINAL_v2',
    attorney: 61,
  },
  {
    id: 21004,
    client: 11004,
    description: 'Kahananui family trust',
    practice: 'Family',
    stage: 'Investigation',
    attorney: 62,
  },
  {
    id: 21005,
    client: 11005,
    description: 'Ngata v. Northline Cruises',
    practice: 'Personal Injury',
    stage: 'Complaint Filed',
    attorney: 61,
  },
  {
    id: 21006,
    client: 11006,
    description: 'Watanabe Optics licence dispute',
    practice: 'Commercial',
    stage: 'DISCOVERY - phase 2',
    attorney: 63,
  },
  {
    id: 21007,
    client: 11007,
    description: 'Raman v. Halden Pharmaceuticals',
    practice: 'Employment',
    stage: 'Deposition Scheduled',
    attorney: 62,
  },
  {
    id: 21008,
    client: 11008,
    description: 'Hartley v. Pier Nine Holdings',
    practice: 'Commercial',
    stage: 'Mediation',
    attorney: 63,
  },
  {
    id: 21009,
    client: 11009,
    description: 'Fernández Ortega v. Bayline Hotels',
    practice: 'Personal Injury',
    stage: 'Discovery',
    attorney: 61,
  },
  {
    id: 21010,
    client: 11010,
    description: 'Restrepo v. Alder Construction',
    practice: 'Personal Injury',
    stage: 'settlement neg.',
    attorney: 61,
  },
  {
    id: 21011,
    client: 11011,
    description: 'Okafor v. Lakeside School District',
    practice: 'Employment',
    stage: 'Trial Prep',
    attorney: 62,
  },
  {
    id: 21012,
    client: 11012,
    description: 'Lindqvist separation',
    practice: 'Family',
    stage: 'Settled',
    status: 'Closed',
    attorney: 62,
  },
  {
    id: 21013,
    client: 11013,
    description: 'Tan v. Orchard Rides',
    practice: 'Personal Injury',
    stage: 'Intake',
    status: 'Pending',
    attorney: 61,
  },
  {
    id: 21014,
    client: 11014,
    description: 'Nowak v. Great Lakes Steel',
    practice: 'Personal Injury',
    stage: 'on hold??',
    attorney: 61,
  },
  {
    id: 21015,
    client: 11015,
    description: 'Seabright Fisheries v. Atlantic Cold Storage',
    practice: 'Commercial',
    stage: 'Demand Sent',
    attorney: 63,
  },
  {
    id: 21016,
    client: 11001,
    description: 'Santos wage claim',
    practice: 'Employment',
    stage: 'Intake',
    attorney: 62,
  },
]

/** Days from today; negative is past. The hour is that of the client's own zone. */
export const ENTRIES = [
  {
    id: 31001,
    matter: 21001,
    type: 'Deposition',
    summary: 'Deposition of Maria Santos',
    days: -9,
    hour: 10,
    place: 'Suite 400, 12 Pike Street',
  },
  {
    id: 31002,
    matter: 21001,
    type: 'Hearing',
    summary: 'Status conference',
    days: 12,
    hour: 9,
    place: 'County Courthouse, room 3B',
  },
  {
    id: 31003,
    matter: 21005,
    type: 'Hearing',
    summary: 'Hearing on motion to dismiss',
    days: 6,
    hour: 11,
    place: 'By video',
  },
  {
    id: 31004,
    matter: 21007,
    type: 'Deposition',
    summary: 'Deposition of Priya Raman',
    days: 8,
    hour: 14,
    place: 'By video',
  },
  {
    id: 31005,
    matter: 21008,
    type: 'Mediation',
    summary: 'Mediation session',
    days: 15,
    hour: 10,
    place: 'Harbor & Pike, large room',
  },
  {
    id: 31006,
    matter: 21009,
    type: 'Hearing',
    summary: 'Discovery hearing',
    days: 4,
    hour: 12,
    place: 'County Courthouse, room 1A',
  },
  {
    id: 31007,
    matter: 21010,
    type: 'Hearing',
    summary: 'Settlement conference',
    days: 20,
    hour: 15,
    place: 'County Courthouse, room 2C',
  },
  {
    id: 31008,
    matter: 21011,
    type: 'Hearing',
    summary: 'Final pre-trial conference',
    days: 18,
    hour: 9,
    place: 'Federal Building, room 510',
  },
  {
    id: 31009,
    matter: 21002,
    type: 'Meeting',
    summary: 'First meeting',
    days: 2,
    hour: 13,
    place: 'By telephone',
  },
] as const

export const DOCUMENTS = [
  { id: 41001, matter: 21001, name: 'Engagement letter.pdf', category: 'Correspondence' },
  { id: 41002, matter: 21001, name: 'Complaint.pdf', category: 'Pleadings' },
  { id: 41003, matter: 21005, name: 'Complaint.pdf', category: 'Pleadings' },
  { id: 41004, matter: 21007, name: 'Notice of deposition.pdf', category: 'Discovery' },
  { id: 41005, matter: 21009, name: 'Interrogatories, first set.pdf', category: 'Discovery' },
  { id: 41006, matter: 21003, name: 'Medical records request.pdf', category: 'Medical records' },
] as const

export const CATEGORIES = [
  'Pleadings',
  'Transcripts',
  'Discovery',
  'Correspondence',
  'Medical records',
  'Client copies',
] as const

export const BILLS = [
  { id: 51001, matter: 21001, number: '3981', total: 1250, days: -20, paid: false },
  { id: 51002, matter: 21002, number: '3984', total: 400, days: -6, paid: false },
  { id: 51003, matter: 21006, number: '3985', total: 7320.5, days: -12, paid: false },
  { id: 51004, matter: 21008, number: '3987', total: 2100, days: -30, paid: true },
  { id: 51005, matter: 21009, number: '3990', total: 985.75, days: -3, paid: false },
  { id: 51006, matter: 21011, number: '3991', total: 3300, days: -2, paid: false },
] as const

export const TASKS = [
  { id: 71001, matter: 21003, name: 'Ask Sonora Freight for the driver log', assignee: 64, days: 5 },
  { id: 71002, matter: 21011, name: 'Prepare exhibit binders', assignee: 65, days: 10 },
] as const
