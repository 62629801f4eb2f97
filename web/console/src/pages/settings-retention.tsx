/** How long words are kept by what they were for, what goes next, and what a legal hold keeps. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { retentionQuery } from '../api/settings.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { SettingsFrame } from '../settings/frame.tsx'
import { ChangedBy, History } from '../settings/publish.tsx'
import { RetentionForm, type Rule } from '../settings/retention-form.tsx'
import { useWords } from '../words/index.ts'

export function RetentionPage() {
  const { t } = useWords()
  return (
    <SettingsFrame title={t('hours.retention.title')} lead={t('hours.retention.lead')} right="read">
      <Retention />
    </SettingsFrame>
  )
}

function Retention() {
  const { t } = useWords()
  const may = useMay('configure')
  const [editing, setEditing] = useState(false)
  const query = useQuery(retentionQuery)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />
  const found = query.data
  return (
    <>
      <Rules found={found} />
      <section className="part sentences" aria-label={t('hours.now')}>
        <p className="dim">{t('hours.retention.note')}</p>
        <p>
          <Link to="/holds">{t('hours.retention.holds')}</Link>
        </p>
        <ChangedBy change={found} />
        {!may && <p className="dim">{t('hours.may_not')}</p>}
        {may && !editing && (
          <p>
            <Button variant="default" onClick={() => setEditing(true)}>
              {t('hours.edit')}
            </Button>
          </p>
        )}
      </section>
      {editing && <RetentionForm found={found} close={() => setEditing(false)} />}
      <History says={({ months }) => <MonthsWords months={months} />} />
    </>
  )
}

function Rules({ found }: { found: Schemas['RetentionSettings'] }) {
  const { t } = useWords()
  return (
    <List label={t('hours.retention.title')}>
      {(Object.keys(found.months) as Rule[]).map((rule) => (
        <RuleRow
          key={rule}
          rule={rule}
          months={found.months[rule]}
          now={found.now.find((one) => one.rule === rule)}
          soon={found.soon.find((one) => one.rule === rule)}
        />
      ))}
    </List>
  )
}

type Count = Schemas['RetentionCount']
const all = ({ messages, texts, webhooks }: Count) => messages + texts + webhooks

function RuleRow(props: {
  rule: Rule
  months: number | null
  now: Count | undefined
  soon: Count | undefined
}) {
  const { t } = useWords()
  const { months, now, soon } = props
  const name = t(`hours.retention.rule.${props.rule}`)
  return (
    <Row name={name}>
      <p className="row-top">
        <span className="row-title">{name}</span>
        <Tag tone={months === null ? 'plain' : 'info'}>
          {months === null ? t('hours.retention.kept') : t('hours.retention.months', { count: months })}
        </Tag>
      </p>
      {now && soon && (
        <p className="row-low dim">
          <span>{t('hours.retention.due', { count: all(now) })}</span>
          <span>{t('hours.retention.soon', { count: all(soon) })}</span>
          {soon.onHold > 0 && <span>{t('hours.retention.on_hold', { count: soon.onHold })}</span>}
          {soon.stillNeeded > 0 && <span>{t('hours.retention.needed', { count: soon.stillNeeded })}</span>}
        </p>
      )}
    </Row>
  )
}

function MonthsWords({ months }: { months: Schemas['RetentionMonths'] }) {
  const { t } = useWords()
  const set = (Object.keys(months) as Rule[]).flatMap((rule) => {
    const count = months[rule]
    return count === null
      ? []
      : [`${t(`hours.retention.rule.${rule}`)}: ${t('hours.retention.months', { count })}`]
  })
  return <p>{set.length === 0 ? t('hours.retention.kept') : set.join(' · ')}</p>
}
