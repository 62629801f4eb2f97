/** What the reports are about. It stands in the address bar, so that a report can be sent to somebody. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { type ReportSearch, reportChoicesQuery } from '../api/reports.ts'
import { meQuery } from '../api/session.ts'
import { readable, useWords } from '../words/index.ts'
import { type Preset, presetDays, presets } from './presets.ts'

export function Filters(props: { search: ReportSearch; show: (search: ReportSearch) => void }) {
  const { t } = useWords()
  const { data: choices } = useQuery(reportChoicesQuery)
  const { data: me } = useQuery(meQuery)
  const [wanted, setWanted] = useState(props.search)
  // The address may change by itself: back, a link. The form stays, and with it the focus.
  useEffect(() => setWanted(props.search), [props.search])
  const set = (more: ReportSearch) => setWanted((before) => ({ ...before, ...more }))
  const daysOf = (name: Preset) => presetDays(name, me?.firm.timeZone ?? 'UTC', Date.now())
  // Whoever names no days is shown the last thirty.
  const usual = daysOf('last_30')
  const days = { from: wanted.from ?? usual.from, to: wanted.to ?? usual.to }
  const preset = presets.find((name) => daysOf(name).from === days.from && daysOf(name).to === days.to) ?? ''
  const field = <K extends keyof ReportSearch>(name: K) => ({
    name,
    value: { ...wanted, ...days }[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value || undefined } as ReportSearch),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.show(wanted)
  }
  // What the address names is chosen before it is known what there is.
  const some = (list: readonly string[] | undefined, chosen: string | undefined) => [
    { value: '', label: t('reports.any') },
    ...[...new Set([...(list ?? []), ...(chosen ? [chosen] : [])])].map((value) => ({ value, label: value })),
  ]
  const areas = choices?.practiceAreas ?? []
  return (
    <form className="filters" onSubmit={submit} aria-label={t('reports.filters')}>
      <NativeSelect
        label={t('reports.preset')}
        data={[
          ...(preset === '' ? [{ value: '', label: t('reports.own_days') }] : []),
          ...presets.map((value) => ({ value, label: t(`reports.${value}`) })),
        ]}
        value={preset}
        onChange={(event) => set({ ...daysOf(event.currentTarget.value as Preset), by: undefined })}
      />
      {(Object.keys(dayWords) as (keyof typeof dayWords)[]).map((name) => (
        <TextInput key={name} type="date" label={t(dayWords[name])} {...field(name)} />
      ))}
      <NativeSelect
        label={t('reports.by')}
        data={[
          { value: '', label: t('reports.by_what_fits') },
          ...(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`reports.by_${value}`) })),
        ]}
        {...field('by')}
      />
      <NativeSelect
        label={t('reports.channel')}
        data={[
          { value: '', label: t('reports.any') },
          ...(['sms', 'email'] as const).map((value) => ({ value, label: t(`reports.channels.${value}`) })),
        ]}
        {...field('channel')}
      />
      <NativeSelect
        label={t('reports.purpose')}
        data={[
          { value: '', label: t('reports.any') },
          ...purposes.map((value) => ({ value, label: t(`reports.purposes.${value}`) })),
        ]}
        {...field('purpose')}
      />
      <NativeSelect
        label={t('reports.template')}
        data={some(choices?.templates, wanted.template).map(({ value, label }) => ({
          value,
          label: value === '' ? label : readable(label),
        }))}
        {...field('template')}
      />
      {(areas.length > 0 || wanted.practiceArea) && (
        <NativeSelect
          label={t('reports.practice_area')}
          data={some(areas, wanted.practiceArea)}
          {...field('practiceArea')}
        />
      )}
      <div className="filters-deeds">
        <Button type="submit">{t('reports.show')}</Button>
        {Object.values(props.search).some(Boolean) && (
          <Button variant="default" onClick={() => props.show({})}>
            {t('reports.clear')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** The words over the two days. */
const dayWords = { from: 'reports.first_day', to: 'reports.last_day' } as const
const purposes = ['status', 'reminder', 'conversation', 'billing', 'intake', 'marketing'] as const
