/** How long words are kept by what they were for, what goes next, and what a legal hold keeps. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { retentionQuery } from '../api/settings.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { Waiting } from '../parts/rows.tsx'
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
      <Table found={found} />
      <section className="part sentences" aria-label={t('hours.now')}>
        <p className="dim">
          {t('hours.retention.note')} <Link to="/holds">{t('hours.retention.holds')}</Link>
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

type Count = Schemas['RetentionCount']
const all = ({ messages, texts, webhooks }: Count) => messages + texts + webhooks

function Table({ found }: { found: Schemas['RetentionSettings'] }) {
  const { t } = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone the table is wider than the page, and scrolled by keyboard
    <section className="table" aria-label={t('hours.retention.title')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('hours.retention.what')}</th>
            <th scope="col">{t('hours.retention.how_long')}</th>
            <th scope="col">{t('hours.retention.due')}</th>
            <th scope="col">{t('hours.retention.soon')}</th>
            <th scope="col">{t('hours.retention.on_hold')}</th>
            <th scope="col">{t('hours.retention.needed')}</th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(found.months) as Rule[]).map((rule) => {
            const months = found.months[rule]
            const [now, soon] = [found.now, found.soon].map((counts) =>
              counts.find((one) => one.rule === rule),
            )
            return (
              <tr key={rule}>
                <th scope="row">{t(`hours.retention.rule.${rule}`)}</th>
                <td>
                  {months === null
                    ? t('hours.retention.kept')
                    : t('hours.retention.months', { count: months })}
                </td>
                <td>{now ? all(now) : '–'}</td>
                <td>{soon ? all(soon) : '–'}</td>
                <td>{soon ? soon.onHold : '–'}</td>
                <td>{soon ? soon.stillNeeded : '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
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
