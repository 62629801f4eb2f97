/** What clients are told: every template, who says it, and how it is received. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { ratesQuery, templatesQuery } from '../api/queries.ts'
import { Begin } from '../parts/begin.tsx'
import { Calm } from '../parts/calm.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { readable, section, useWords } from '../words/index.ts'

type Summary = Schemas['TemplateSummary']
type Rate = Schemas['TemplateRate']

export function TemplatesPage() {
  const { t } = useWords()
  const query = useQuery(templatesQuery)
  const rates = useQuery(ratesQuery)
  const may = useMay('configure')
  const rateOf = new Map(rates.data?.items.map((rate) => [rate.key, rate]))
  return (
    <Page
      title={t('templates.title')}
      lead={t('templates.lead')}
      actions={may && <Begin label={t('templates.new')} to="/templates/$key" />}
    >
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.data &&
        (query.data.items.length === 0 ? (
          <Calm title={t('templates.empty')} hint={t('templates.empty_hint')} />
        ) : (
          <List label={t('templates.title')}>
            {query.data.items.map((template) => (
              <TemplateRow key={template.key} template={template} rate={rateOf.get(template.key)} />
            ))}
          </List>
        ))}
    </Page>
  )
}

function TemplateRow({ template, rate }: { template: Summary; rate: Rate | undefined }) {
  const { t, language } = useWords()
  const channels = section(language, 'channel')
  return (
    <Row name={readable(template.key)}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <Link className="row-title" to="/templates/$key" params={{ key: template.key }} data-key="Enter">
              {readable(template.key)}
            </Link>
            {template.origin === 'console' && (
              <span className="row-when">
                {template.changedBy} · <Moment at={template.changedAt} />
              </span>
            )}
          </p>
          {template.describe !== null && <p className="row-mid">{template.describe}</p>}
          <p className="row-low">
            {template.channels.map((channel) => (
              <Tag key={channel}>{channels[channel]}</Tag>
            ))}
            {template.languages.map((one) => (
              <Tag key={one}>{one.toUpperCase()}</Tag>
            ))}
            {template.missing.map((one) => (
              <Tag key={one} tone="warn">
                {t('templates.lacks', { language: one.toUpperCase() })}
              </Tag>
            ))}
            {template.ahead && <Tag tone="info">{t('templates.ahead')}</Tag>}
            {template.usedBy.length === 0 && <Tag tone="warn">{t('templates.unused')}</Tag>}
          </p>
        </div>
        <Received rate={rate} />
      </div>
    </Row>
  )
}

function Received({ rate }: { rate: Rate | undefined }) {
  const { t } = useWords()
  if (!rate) return <p className="rates dim">{t('templates.not_sent')}</p>
  const share = (part: number, of: number) => t('templates.percent', { share: Math.round((part / of) * 100) })
  const texts = rate.sent - rate.mails
  return (
    <dl className="rates">
      <div>
        <dt>{t('templates.sent')}</dt>
        <dd>{rate.sent}</dd>
      </div>
      {rate.mails > 0 && (
        <>
          <div>
            <dt>{t('templates.opened')}</dt>
            <dd>{share(rate.opened, rate.mails)}</dd>
          </div>
          <div>
            <dt>{t('templates.clicked')}</dt>
            <dd>{share(rate.clicked, rate.mails)}</dd>
          </div>
        </>
      )}
      {texts > 0 && (
        <div>
          <dt>{t('templates.replied')}</dt>
          <dd>{share(rate.replied, texts)}</dd>
        </div>
      )}
      {rate.hardlyOpened && <Tag tone="warn">{t('templates.hardly')}</Tag>}
    </dl>
  )
}
