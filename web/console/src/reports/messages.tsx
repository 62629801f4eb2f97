/** Messages by what became of them: in short, by outcome, over time, by template, channel and purpose. */
import { useDeferredValue } from 'react'
import { bars, columns, lines } from '../../../../contracts/charts.ts'
import { periodLabel, reportWords } from '../../../../contracts/report-words.ts'
import type { Schemas } from '../api/client.ts'
import { Details } from '../parts/details.tsx'
import { Drawing } from '../parts/drawing.tsx'
import { Table } from '../parts/table.tsx'
import { readable } from '../words/index.ts'
import { useFigures } from './figures.ts'

type Report = Schemas['MessageReport']
type Figures = Schemas['MessageFigures']
type Outcome = keyof Figures['outcomes']
const outcomes = Object.keys(reportWords.en.outcomes) as Outcome[]

export function Messages({ report }: { report: Report }) {
  // What is further down is drawn when what is in sight stands.
  const below = useDeferredValue(true, false)
  return (
    <>
      <InShort total={report.total} />
      <ByOutcome total={report.total} />
      {below && (
        <>
          <OverTime report={report} />
          <Groups report={report} />
        </>
      )}
    </>
  )
}

function InShort({ total }: { total: Figures }) {
  const { t, share, count } = useFigures()
  const figures = [
    [t('reports.messages'), count(total.messages)],
    [t('reports.delivered_share'), share(total.deliveredShare)],
    [t('reports.opened_share'), share(total.openedShare)],
    [t('reports.replied'), count(total.replied)],
  ] as const
  return (
    <dl className="figures" aria-label={t('reports.figures')}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function ByOutcome({ total }: { total: Figures }) {
  const { t, share, count } = useFigures()
  const title = t('reports.by_outcome')
  return (
    <div className="report-part">
      <h2>{title}</h2>
      <p className="dim">{t('reports.by_outcome_about')}</p>
      <Drawing
        title={t('reports.chart', { title })}
        draw={(sheet) =>
          bars(
            outcomes.map((name) => ({
              label: t(`reports.outcomes.${name}`),
              value: total.outcomes[name],
              words: count(total.outcomes[name]),
              fill: name === 'delivered' ? 'solid' : name === 'sent' ? 'hatch' : 'empty',
            })),
            sheet,
          )
        }
      />
      <Table
        bare
        words
        title={title}
        head={[t('reports.outcome'), t('reports.messages'), '%', t('reports.meaning')]}
        rows={[
          ...outcomes.map((name) => [
            t(`reports.outcomes.${name}`),
            count(total.outcomes[name]),
            share(total.messages === 0 ? null : total.outcomes[name] / total.messages),
            t(`reports.meanings.${name}`),
          ]),
          [t('reports.all'), count(total.messages), share(total.messages === 0 ? null : 1), ''],
        ]}
      />
    </div>
  )
}

function OverTime({ report }: { report: Report }) {
  const { t, language, share, count } = useFigures()
  const { periods, by } = report
  const labels = periods.map((period) => periodLabel(period, by, language))
  const table = (
    <Table
      title={t('reports.over_time')}
      head={[
        t('reports.from_day'),
        t('reports.messages'),
        t('reports.delivered'),
        t('reports.share_delivered'),
        t('reports.mails'),
        t('reports.opened'),
        t('reports.machine_opened'),
        t('reports.clicked'),
        t('reports.share_opened'),
        t('reports.texts'),
        t('reports.replied'),
      ]}
      rows={periods.map((f, i) => [
        labels[i],
        count(f.messages),
        count(f.outcomes.delivered),
        share(f.deliveredShare),
        count(f.mails),
        count(f.opened),
        count(f.machineOpened),
        count(f.clicked),
        share(f.openedShare),
        count(f.texts),
        count(f.replied),
      ])}
    />
  )
  return (
    <>
      <div className="report-part">
        <h2>{t('reports.over_time')}</h2>
        <p className="dim">{t('reports.over_time_about')}</p>
        <Drawing
          title={t('reports.chart', { title: t('reports.over_time') })}
          draw={(sheet) =>
            columns(
              periods.map((f, i) => ({ label: labels[i]!, part: f.outcomes.delivered, all: f.messages })),
              sheet,
              { part: t('reports.delivered'), rest: t('reports.not_delivered') },
            )
          }
        />
      </div>
      <div className="report-part">
        <h2>{t('reports.shares')}</h2>
        <p className="dim">{t('reports.shares_about')}</p>
        <Drawing
          title={t('reports.chart', { title: t('reports.shares') })}
          draw={(sheet) =>
            lines(
              [
                {
                  name: t('reports.delivered_share'),
                  dashed: false,
                  shape: 'circle',
                  values: periods.map((f) => f.deliveredShare),
                },
                {
                  name: t('reports.opened_share'),
                  dashed: true,
                  shape: 'square',
                  values: periods.map((f) => f.openedShare),
                },
              ],
              labels,
              sheet,
            )
          }
        />
        <Details label={t('reports.as_table')}>{table}</Details>
      </div>
    </>
  )
}

function Groups({ report }: { report: Report }) {
  const { t } = useFigures()
  return (
    <>
      <Group
        title={t('reports.by_template')}
        name={t('reports.template')}
        rows={report.templates.map((one) => ({ ...one, label: readable(one.template) }))}
      />
      <Group
        title={t('reports.by_channel')}
        name={t('reports.channel')}
        rows={report.channels.map((one) => ({ ...one, label: t(`reports.channels.${one.channel}`) }))}
      />
      <Group
        title={t('reports.by_purpose')}
        name={t('reports.purpose')}
        rows={report.purposes.map((one) => ({
          ...one,
          label: t(`reports.purposes.${one.purpose as keyof typeof reportWords.en.purposes}`),
        }))}
      />
    </>
  )
}

/** Bars longer than a screen tell nothing; the table has them all. */
const mostBars = 12

function Group(props: { title: string; name: string; rows: (Figures & { label: string })[] }) {
  const { t, share, count } = useFigures()
  const { title, rows } = props
  return (
    <div className="report-part">
      <h2>{title}</h2>
      <Drawing
        title={t('reports.chart', { title })}
        draw={(sheet) =>
          bars(
            rows
              .slice(0, mostBars)
              .map((f) => ({ label: f.label, value: f.messages, words: count(f.messages) })),
            sheet,
          )
        }
      />
      <Table
        bare
        title={title}
        head={[
          props.name,
          t('reports.messages'),
          t('reports.delivered'),
          t('reports.share_delivered'),
          t('reports.mails'),
          t('reports.opened'),
          t('reports.share_opened'),
          t('reports.replied'),
        ]}
        rows={rows.map((f) => [
          f.label,
          count(f.messages),
          count(f.outcomes.delivered),
          share(f.deliveredShare),
          count(f.mails),
          count(f.opened),
          share(f.openedShare),
          count(f.replied),
        ])}
      />
    </div>
  )
}
