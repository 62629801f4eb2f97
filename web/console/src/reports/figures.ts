/** Figures as people of the present language write them. */
import { howLong } from '../../../../contracts/report-words.ts'
import { useWords } from '../words/index.ts'

export function useFigures() {
  const { t, language } = useWords()
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const number = new Intl.NumberFormat(language)
  return {
    t,
    language,
    share: (value: number | null) => (value === null ? '–' : percent.format(value)),
    count: (value: number) => number.format(value),
    /** @param seconds null: it is not done yet */
    time(seconds: number | null): string {
      if (seconds === null) return t('reports.still_open')
      const { unit, n } = howLong(seconds)
      return t(`reports.${unit}`, { n: number.format(n) })
    },
  }
}
