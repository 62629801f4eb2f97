/** Where a person lives, for the rules that bind there (quiet-hours.yaml), from addresses as staff typed them. Pure. */
import { normaliseStatus } from '../kernel/text.ts'

export interface ListedAddress {
  province: string | null
  country: string | null
  primary: boolean
}

/**
 * @param country two capital letters: of addresses that name none
 * @returns ISO 3166: `US-TX`; the country alone where its state is not known; null for none, and for a state that is
 *   none of its country's: a wrong one would be worse than none
 */
export function regionOf(addresses: readonly ListedAddress[], country: string): string | null {
  const address = addresses.find((one) => one.primary) ?? addresses[0]
  if (address === undefined) return null
  const land = countryOf(address.country) ?? (address.country?.trim() ? null : country)
  if (land === null) return null
  const typed = normaliseStatus(address.province ?? '')
  if (typed === '') return land
  if (land !== 'US') return land
  const state = codes.has(typed) ? typed.toUpperCase() : states.get(typed)
  return state === undefined ? null : `US-${state}`
}

function countryOf(typed: string | null): string | null {
  const word = normaliseStatus(typed ?? '')
  if (/^(us|usa|u s|u s a|united states|united states of america)$/.test(word)) return 'US'
  if (/^[a-z]{2}$/.test(word)) return word.toUpperCase()
  return { canada: 'CA', mexico: 'MX', 'united kingdom': 'GB', 'puerto rico': 'PR' }[word] ?? null
}

/** USPS Publication 28, appendix B: the states and the District of Columbia. */
const states = new Map(
  `AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, CT Connecticut, DE Delaware,
   DC District of Columbia, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, KS Kansas,
   KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, MS Mississippi,
   MO Missouri, MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico, NY New York,
   NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, RI Rhode Island,
   SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, WA Washington,
   WV West Virginia, WI Wisconsin, WY Wyoming`
    .split(',')
    .map((entry) => entry.trim())
    .map((entry) => [entry.slice(3).toLowerCase(), entry.slice(0, 2)] as const),
)
const codes = new Set([...states.values()].map((code) => code.toLowerCase()))
