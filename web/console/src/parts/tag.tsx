/** A small coloured word: what state something is in. The colour is never the only sign of it. */
import type { ReactNode } from 'react'

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'plain'

export const Tag = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`tag tone-${tone}`}>{children}</span>
)

const messageTones: Readonly<Record<string, Tone>> = {
  delivered: 'good',
  messaged: 'good',
  sent: 'info',
  sending: 'info',
  queued: 'info',
  held: 'warn',
  unknown: 'warn',
  undelivered: 'bad',
  dead: 'bad',
}
export const toneOfState = (state: string): Tone => messageTones[state] ?? 'plain'

const verdictTones: Readonly<Record<string, Tone>> = {
  yes: 'good',
  sent: 'info',
  not_yet: 'warn',
  no: 'bad',
  unknown: 'warn',
}
export const toneOfVerdict = (verdict: string): Tone => verdictTones[verdict] ?? 'plain'
