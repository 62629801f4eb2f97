/** The rules, as sentences. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { rulesQuery } from '../api/rules.ts'
import { Begin } from '../parts/begin.tsx'
import { Calm } from '../parts/calm.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'

export function RulesPage() {
  const { t } = useWords()
  const query = useQuery(rulesQuery)
  const may = useMay('configure')
  const items = query.data?.items ?? []
  return (
    <Page
      title={t('rules.title')}
      lead={t('rules.lead')}
      actions={may && <Begin label={t('rules.new')} to="/rules/$key" />}
    >
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.isSuccess && items.length === 0 && <Calm title={t('rules.empty')} />}
      {items.length > 0 && (
        <List label={t('rules.title')}>
          {items.map((rule) => (
            <RuleRow key={rule.key} rule={rule} />
          ))}
        </List>
      )}
    </Page>
  )
}

function RuleRow({ rule }: { rule: Schemas['Rule'] }) {
  const { t, language } = useWords()
  return (
    <Row name={`${rule.key}: ${rule.sentence[language]}`}>
      <p className="row-top">
        <span className="about">
          <Link className="about-client" to="/rules/$key" params={{ key: rule.key }} data-key="Enter">
            {rule.key}
          </Link>
          {rule.off && <Tag tone="warn">{t('rules.off')}</Tag>}
          {rule.ahead && <Tag tone="info">{t('rules.ahead')}</Tag>}
        </span>
        <span className="row-when">
          <Moment at={rule.changedAt} />
        </span>
      </p>
      <p className="row-mid">{rule.sentence[language]}</p>
      <p className="row-low dim">
        {t('rules.changed', { edition: rule.edition, who: rule.changedBy })}
        {rule.reason !== null && <> · {rule.reason}</>}
      </p>
    </Row>
  )
}
