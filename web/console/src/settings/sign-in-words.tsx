/** What a firm asks of whoever signs in, as sentences. */
import type { Schemas } from '../api/client.ts'
import { useWords } from '../words/index.ts'

/** @param props.own what the firm's own sign-in is called; null: it has none */
export function SignInWords({ rules, own }: { rules: Schemas['SignInRules']; own: string | null }) {
  const { t } = useWords()
  const name = own ?? t('settings.sign_in.own')
  return (
    <>
      <p>{t(rules.secondFactor ? 'settings.sign_in.factor_on' : 'settings.sign_in.factor_off')}</p>
      <p>
        {rules.only
          ? t('settings.sign_in.only_on', { name })
          : own
            ? t('settings.sign_in.only_off', { name })
            : t('settings.sign_in.no_own')}
      </p>
    </>
  )
}
