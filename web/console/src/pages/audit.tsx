/** The record: who did what. What is looked for stands in the address bar, so that it can be sent to somebody. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { type AuditFilter, auditChoicesQuery, auditQuery } from '../api/queries.ts'
import { About } from '../parts/about.tsx'
import { Details, Values } from '../parts/details.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { RecordMark } from '../parts/record-mark.tsx'
import { RecordOf } from '../parts/record-of.tsx'
import { List, Row, Rows } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { readable, useWords } from '../words/index.ts'

/** The words over the two days. */
const dayWords = { from: 'audit.first_day', to: 'audit.last_day' } as const
const route = getRouteApi('/inside/audit')

export function AuditPage() {
  const { t } = useWords()
  const filter = route.useSearch()
  const query = useInfiniteQuery(auditQuery(filter))
  const mark = query.data?.pages[0]?.mark
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      {mark && <RecordMark mark={mark} />}
      {filter.matter !== undefined ? (
        <RecordOf scope="matter" text={filter.matter} />
      ) : (
        filter.client !== undefined && <RecordOf scope="client" text={filter.client} />
      )}
      <Filters key={JSON.stringify(filter)} filter={filter} />
      <Rows query={query} empty={t('audit.empty')} emptyHint={t('audit.empty_hint')} label={t('audit.title')}>
        {(items) => (
          <List label={t('audit.title')}>
            {items.map((entry) => (
              <EntryRow key={entry.raw.seq} entry={entry} />
            ))}
          </List>
        )}
      </Rows>
    </Page>
  )
}

function Filters({ filter }: { filter: AuditFilter }) {
  const { t } = useWords()
  const go = route.useNavigate()
  const { data: choices } = useQuery(auditChoicesQuery)
  const [wanted, setWanted] = useState(filter)
  const show = (search: AuditFilter) => void go({ search, resetScroll: false })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    show(wanted)
  }
  const field = (name: keyof AuditFilter) => ({
    name,
    value: wanted[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setWanted((before) => ({ ...before, [name]: value || undefined }))
    },
  })
  // What the address names is chosen before it is known what there is.
  const who = choices?.actors ?? (wanted.who ? [{ actor: wanted.who, who: wanted.who }] : [])
  const acts = choices?.actions ?? (wanted.act ? [wanted.act] : [])
  return (
    <form className="filters" onSubmit={submit} aria-label={t('audit.filters')}>
      <NativeSelect
        label={t('audit.who')}
        data={[
          { value: '', label: t('audit.anybody') },
          ...who.map((one) => ({ value: one.actor, label: one.who })),
        ]}
        {...field('who')}
      />
      <NativeSelect
        label={t('audit.act')}
        data={[
          { value: '', label: t('audit.anything') },
          ...acts.map((value) => ({ value, label: readable(value) })),
        ]}
        {...field('act')}
      />
      {(Object.keys(dayWords) as (keyof typeof dayWords)[]).map((name) => (
        <TextInput key={name} type="date" label={t(dayWords[name])} {...field(name)} />
      ))}
      <TextInput label={t('audit.client')} placeholder={t('audit.client_hint')} {...field('client')} />
      <TextInput label={t('audit.matter')} placeholder={t('audit.matter_hint')} {...field('matter')} />
      <div className="filters-deeds">
        <Button type="submit">{t('audit.show')}</Button>
        {Object.values(filter).some(Boolean) && (
          <Button variant="default" onClick={() => show({})}>
            {t('audit.clear')}
          </Button>
        )}
      </div>
    </form>
  )
}

function EntryRow({ entry }: { entry: Schemas['AuditEntry'] }) {
  const { t } = useWords()
  const { raw } = entry
  return (
    <Row name={`${entry.who}: ${readable(entry.action)}`}>
      <p className="row-top">
        <span className="row-title">{readable(entry.action)}</span>
        <span className="row-when">
          <Moment at={entry.at} />
        </span>
      </p>
      <p className="row-low">
        <span>{entry.who}</span>
        {(entry.clientId || entry.matterId) && (
          <About
            client={entry.client}
            clientId={entry.clientId}
            matter={entry.matter}
            matterId={entry.matterId}
          />
        )}
        <Tag tone={entry.verified ? 'good' : entry.sealed ? 'info' : 'plain'}>
          {t(entry.verified ? 'audit.verified' : entry.sealed ? 'audit.sealed' : 'audit.open')}
        </Tag>
      </p>
      <Details label={t('audit.raw')}>
        <Values
          of={{
            [t('audit.who')]: entry.actor,
            [t('audit.act')]: entry.action,
            [t('audit.subject')]: entry.subject,
            [t('audit.place')]: `${raw.epoch}/${raw.xid}/${raw.seq}`,
            at: raw.at,
            data: raw.data,
            [t('audit.leaf')]: raw.leaf,
          }}
        />
      </Details>
    </Row>
  )
}
