/** The rules, as sentences. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { rulesQuery } from '../api/rules.ts'
import { Ask } from '../parts/ask.tsx'
import { Calm } from '../parts/calm.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { keyFrom } from '../words/key.ts'

export function RulesPage() {
  const { t } = useWords()
  const query = useQuery(rulesQuery)
  const may = useMay('configure')
  const [asking, setAsking] = useState(false)
  const go = useNavigate()
  const items = query.data?.items ?? []
  const begin = (text: string) => {
    const key = keyFrom(text)
    if (key !== '') void go({ to: '/rules/$key', params: { key } })
  }
  return (
    <Page
      title={t('rules.title')}
      lead={t('rules.lead')}
      actions={may && <Button onClick={() => setAsking(true)}>{t('rules.new')}</Button>}
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
      {asking && (
        <Ask
          title={t('rules.new')}
          label={t('rules.new_name')}
          hint={t('rules.new_hint')}
          placeholder="offer-accepted"
          submit={t('rules.new_begin')}
          line="text"
          busy={false}
          close={() => setAsking(false)}
          answer={begin}
        />
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
