/** When nobody is written to: the firm's own hours, what the law adds, the cap, and days off. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { hoursQuery } from '../api/settings.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { DaysOff } from '../settings/days-off.tsx'
import { SettingsFrame } from '../settings/frame.tsx'
import { HoursForm } from '../settings/hours-form.tsx'
import { HoursWords } from '../settings/hours-words.tsx'
import { ChangedBy, History } from '../settings/publish.tsx'
import { useWords } from '../words/index.ts'

export function HoursPage() {
  const { t } = useWords()
  return (
    <SettingsFrame title={t('hours.title')} lead={t('hours.lead')} right="read">
      <Hours />
    </SettingsFrame>
  )
}

function Hours() {
  const { t } = useWords()
  const may = useMay('configure')
  const [editing, setEditing] = useState(false)
  const query = useQuery(hoursQuery)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />
  const found = query.data
  return (
    <>
      <section className="part sentences" aria-label={t('hours.now')}>
        <HoursWords hours={found.hours} />
        <p>{found.waiting === 0 ? t('hours.waiting_none') : t('hours.waiting', { count: found.waiting })}</p>
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
      {editing && <HoursForm found={found} close={() => setEditing(false)} />}
      <Law law={found.law} />
      <DaysOff plans={found.plans} />
      <History says={({ hours }) => <HoursWords hours={hours} />} />
    </>
  )
}

function Law({ law }: { law: Schemas['HoursSettings']['law'] }) {
  const { t } = useWords()
  return (
    <section className="part" aria-labelledby="law">
      <h2 id="law">{t('hours.law')}</h2>
      <p className="dim">{law.length === 0 ? t('hours.law_none') : t('hours.law_hint')}</p>
      {law.length > 0 && (
        <List label={t('hours.law')}>
          {law.map((rule) => (
            <LawRow key={rule.key} rule={rule} />
          ))}
        </List>
      )}
    </section>
  )
}

function LawRow({ rule }: { rule: Schemas['LegalHours'] }) {
  const { t, language } = useWords()
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  // The first of January 2024 was a Monday.
  const day = (name: string) => weekday.format(new Date(Date.UTC(2024, 0, 1 + order.indexOf(name))))
  const hours = rule.allowed
    .map(
      ({ days, from, until }) => `${days ? days.map(day).join(', ') : t('hours.every_day')} ${from}–${until}`,
    )
    .join('; ')
  const channels = rule.channels
    .map((channel) => t(channel === 'sms' ? 'channel.sms' : 'channel.email'))
    .join(', ')
  return (
    <Row name={`${rule.where}: ${hours}`}>
      <p className="row-top">
        <span className="about">
          <span className="about-client">{rule.where}</span>
          <span className="about-matter">{t('hours.law_row', { channels, hours })}</span>
        </span>
      </p>
      {rule.describe !== null && <p className="row-mid">{rule.describe}</p>}
      <p className="row-low dim">{t('hours.law_source', { source: rule.source, asOf: rule.asOf })}</p>
    </Row>
  )
}
