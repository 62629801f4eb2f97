/** Where the settings begin: what there is. */
import { Link } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'
import { settingsPlaces } from '../settings/frame.tsx'
import { useWords } from '../words/index.ts'

export function SettingsPage() {
  const { t } = useWords()
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')}>
      <ul className="places">
        {settingsPlaces.map(({ to, word }) => (
          <li key={to}>
            <Link to={to} className="place">
              <span className="strong">{t(`settings.place.${word}`)}</span>
              <span className="dim">{t(`settings.place.${word}_hint`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  )
}
