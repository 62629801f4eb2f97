/** Who wrote a message by hand, and which gates they let it pass, with their reason. */
import type { Schemas } from '../api/client.ts'
import { readable, section, useWords } from '../words/index.ts'

type Written = Schemas['WrittenBy']

export function WrittenBy({ written }: { written: Written }) {
  const { t, language } = useWords()
  const { by, overrides, reason } = written
  const names = section(language, 'gate')
  const gates = overrides.map((gate) => names[gate] ?? readable(gate)).join(', ')
  return (
    <p className="dim">
      {t('subject.written_by', { by })}
      {overrides.length > 0 && ` · ${t('subject.overrode', { gates, reason: reason ?? '' })}`}
    </p>
  )
}

/** @param data of an event; @returns null for what nobody wrote by hand */
export function writtenIn(data: Record<string, unknown>): Written | null {
  const { by, overrides, reason } = (data.written ?? {}) as Record<string, unknown>
  if (typeof by !== 'string' || !Array.isArray(overrides)) return null
  return {
    by,
    overrides: overrides as Written['overrides'],
    reason: typeof reason === 'string' ? reason : null,
  }
}
