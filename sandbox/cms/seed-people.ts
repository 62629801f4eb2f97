/**
 * The people of the example firm, Harbor & Pike. All invented. Phone numbers are of the ranges
 * kept for fiction (555-01xx in North America, 020 7946 0xxx in London), addresses of example domains, so that
 * nobody is written to should this data ever meet a real carrier.
 */
export interface SeedClient {
  id: number
  first: string
  last: string
  company?: string
  zone: string
  language: 'en' | 'es' | ''
  preference: 'SMS' | 'Email' | 'Both' | 'None' | ''
  phone?: string
  email?: string
  paused?: true
}

export const CLIENTS: readonly SeedClient[] = [
  {
    id: 11001,
    first: 'Maria',
    last: 'Santos',
    zone: 'America/New_York',
    language: 'es',
    preference: 'Both',
    phone: '+12015550111',
    email: 'maria.santos@example.com',
  },
  {
    id: 11002,
    first: 'James',
    last: 'Whitfield',
    zone: 'America/Los_Angeles',
    language: 'en',
    preference: 'SMS',
    phone: '+13105550112',
    email: 'j.whitfield@example.com',
  },
  // Typed the way staff type, to be tidied by whoever reads it.
  {
    id: 11003,
    first: 'Aiyana',
    last: 'Begay',
    zone: 'America/Phoenix',
    language: 'en',
    preference: 'Both',
    phone: '(602) 555-0113',
    email: 'aiyana.begay@example.com',
  },
  {
    id: 11004,
    first: 'Keola',
    last: 'Kahananui',
    zone: 'Pacific/Honolulu',
    language: 'en',
    preference: 'SMS',
    phone: '+18085550114',
  },
  {
    id: 11005,
    first: 'Aroha',
    last: 'Ngata',
    zone: 'Pacific/Auckland',
    language: 'en',
    preference: 'Both',
    phone: '+12065550115',
    email: 'aroha.ngata@example.org',
  },
  {
    id: 11006,
    first: 'Kenji',
    last: 'Watanabe',
    zone: 'Asia/Tokyo',
    language: 'en',
    preference: 'Email',
    phone: '+14155550116',
    email: 'k.watanabe@example.org',
  },
  {
    id: 11007,
    first: 'Priya',
    last: 'Raman',
    zone: 'Asia/Kolkata',
    language: 'en',
    preference: 'Both',
    phone: '+17325550117',
    email: 'Priya.Raman@Example.com',
  },
  {
    id: 11008,
    first: 'Oliver',
    last: 'Hartley',
    zone: 'Europe/London',
    language: 'en',
    preference: 'Both',
    phone: '+13475550118',
    email: 'oliver.hartley@example.net',
  },
  {
    id: 11009,
    first: 'Lucía',
    last: 'Fernández Ortega',
    zone: 'Europe/Madrid',
    language: 'es',
    preference: 'Both',
    phone: '+13055550119',
    email: 'lucia.fernandez@example.net',
  },
  {
    id: 11010,
    first: 'Camilo',
    last: 'Restrepo',
    zone: 'America/Bogota',
    language: 'es',
    preference: 'SMS',
    phone: '+17865550120',
    email: 'camilo.restrepo@example.org',
  },
  {
    id: 11011,
    first: 'Denise',
    last: 'Okafor',
    zone: 'America/Chicago',
    language: 'en',
    preference: 'Email',
    email: 'denise.okafor@example.com',
  },
  {
    id: 11012,
    first: 'Robert',
    last: 'Lindqvist',
    zone: 'America/New_York',
    language: 'en',
    preference: 'None',
    phone: '+12125550122',
    email: 'r.lindqvist@example.com',
  },
  // Nobody asked her yet: no preference is not a yes.
  {
    id: 11013,
    first: 'Grace',
    last: 'Tan',
    zone: 'Asia/Singapore',
    language: '',
    preference: '',
    phone: '+16465550124',
    email: 'grace.tan@example.com',
  },
  {
    id: 11014,
    first: 'Tomasz',
    last: 'Nowak',
    zone: 'Europe/Warsaw',
    language: 'en',
    preference: 'Both',
    phone: '+442079460125',
    email: 'tomasz.nowak@example.net',
    paused: true,
  },
  {
    id: 11015,
    first: '',
    last: '',
    company: 'Seabright Fisheries LLC',
    zone: 'America/Halifax',
    language: 'en',
    preference: 'Email',
    phone: '+17095550126',
    email: 'office@seabright.example.com',
  },
]

export const USERS = [
  {
    id: 61,
    first: 'Eleanor',
    last: 'Harbor',
    role: 'Attorney',
    email: 'eleanor.harbor@harborpike.example.com',
  },
  { id: 62, first: 'Marcus', last: 'Pike', role: 'Attorney', email: 'marcus.pike@harborpike.example.com' },
  {
    id: 63,
    first: 'Ingrid',
    last: 'Solberg',
    role: 'Attorney',
    email: 'ingrid.solberg@harborpike.example.com',
  },
  {
    id: 64,
    first: 'Tessa',
    last: 'Moreno',
    role: 'NonAttorney',
    email: 'tessa.moreno@harborpike.example.com',
  },
  {
    id: 65,
    first: 'Daniel',
    last: 'Abara',
    role: 'NonAttorney',
    email: 'daniel.abara@harborpike.example.com',
  },
  { id: 66, first: 'Joan', last: 'Kessler', role: 'NonAttorney', email: 'front.desk@harborpike.example.com' },
] as const
