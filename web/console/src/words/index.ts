/** Languages of the console: typed keys, remembered choice, and moments as people of that language write them. */
import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { en } from './en.ts'
import { es } from './es.ts'

export type Language = 'en' | 'es'
export const languages: readonly { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console'
    resources: { console: typeof en }
    enableSelector: false
  }
}

const kept = 'tipstaff.language'
const known = (text: string | null | undefined): Language | undefined =>
  languages.find(({ value }) => value === text?.slice(0, 2))?.value

/** The one chosen here before; else the first of the browser's that there is; else English. */
function firstLanguage(): Language {
  const chosen = known(localStorage.getItem(kept))
  return chosen ?? navigator.languages.map(known).find((one) => one !== undefined) ?? 'en'
}

export function startWords(): void {
  const lng = firstLanguage()
  document.documentElement.lang = lng
  void i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'en',
    ns: ['console'],
    defaultNS: 'console',
    resources: { en: { console: en }, es: { console: es } },
    // React writes text as text; escaping here as well would show entities.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(kept, language)
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}

export function useWords() {
  const { t, i18n } = useTranslation('console')
  return { t, language: known(i18n.language) ?? 'en' }
}

/**
 * A word for what the API may name otherwise some day: then its own name, readable.
 *
 * @param words of one section, e.g. `en.state`
 */
export const wordOr = (section: Readonly<Record<string, string>>, name: string): string =>
  section[name] ?? readable(name)

/** `retries_used_up` as people read it. */
export const readable = (name: string): string => {
  const text = name.replaceAll(/[._-]/g, ' ')
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** What the API names by one word (term.en.ts), in the present language. */
export const termIn = (language: Language, name: string): string =>
  wordOr((language === 'es' ? es : en).term as Record<string, string>, name)

/** The words of a section in the present language, by names that come from the API. */
export const section = <K extends keyof typeof en>(language: Language, name: K): Record<string, string> =>
  (language === 'es' ? es : en)[name] as Record<string, string>
