/** How long words are kept: edited, with what would go counted beforehand, and a name typed by hand before it does. */
import { Button, Group, Modal, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { retentionPreviewQuery, settingsKey } from '../api/settings.ts'
import { useDeed } from '../parts/deed.ts'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { useWords } from '../words/index.ts'
import { Mistakes, Overtaken } from './publish.tsx'

type Months = Schemas['RetentionMonths']
export type Rule = keyof Months

export function RetentionForm({ found, close }: { found: Schemas['RetentionSettings']; close: () => void }) {
  const { t } = useWords()
  const owner = useMay('administer')
  const [months, setMonths] = useState(found.months)
  const [basedOn, setBasedOn] = useState(found.edition)
  const [asking, setAsking] = useState(false)
  const [asked] = useDebouncedValue(months, 200)
  const preview = useQuery(retentionPreviewQuery(asked))
  const publish = useDeed({
    act: (given: { reason: string; confirm?: string }) =>
      answered(api.PUT('/settings/retention', { body: { months, basedOn, ...given } })),
    touches: [settingsKey],
    explains: true,
    said: () => ({ title: t('hours.published') }),
  })
  const overtaken = found.edition !== basedOn && !publish.isPending
  const touched = JSON.stringify(months) !== JSON.stringify(found.months)
  const known = preview.data && asked === months && !preview.isPlaceholderData
  const shorter = preview.data?.shorter ?? false
  return (
    <section className="part" aria-label={t('hours.edit')}>
      <Stack gap="sm" maw={480}>
        {(Object.keys(months) as Rule[]).map((rule) => (
          <NumberInput
            key={rule}
            label={t(`hours.retention.rule.${rule}`)}
            description={t('hours.retention.form_months')}
            min={1}
            max={1200}
            allowDecimal={false}
            value={months[rule] ?? ''}
            onChange={(value) =>
              setMonths((before) => ({ ...before, [rule]: value === '' ? null : Number(value) }))
            }
          />
        ))}
      </Stack>
      <div role="status" className="effect">
        <p className="small-head">{t('hours.effect')}</p>
        {preview.isError && <Problem error={preview.error} />}
        {preview.data && <Effect of={preview.data} />}
        {shorter && !owner && <p className="strong">{t('hours.retention.owner_only')}</p>}
      </div>
      {overtaken && <Overtaken change={found} take={() => setBasedOn(found.edition)} />}
      <Group>
        <Button
          disabled={
            !touched || overtaken || !known || preview.data.problems.length > 0 || (shorter && !owner)
          }
          onClick={() => setAsking(true)}
        >
          {t('hours.publish')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('hours.cancel')}
        </Button>
      </Group>
      {asking && preview.data && (
        <PublishDialog
          preview={preview.data}
          busy={publish.isPending}
          error={publish.error}
          close={() => setAsking(false)}
          publish={(given) => publish.mutate(given, { onSuccess: close })}
        />
      )}
    </section>
  )
}

function Effect({ of }: { of: Schemas['RetentionPreview'] }) {
  const { t } = useWords()
  if (of.problems.length > 0) return <Mistakes problems={of.problems} />
  const { gone } = of
  const some = gone.messages + gone.texts + gone.webhooks > 0
  const held = of.items.reduce((sum, { onHold }) => sum + onHold, 0)
  return (
    <>
      <p className={some ? 'strong' : undefined}>
        {some ? t('hours.retention.preview_gone', gone) : t('hours.retention.preview_none')}
      </p>
      {held > 0 && <p>{t('hours.retention.preview_held', { count: held })}</p>}
    </>
  )
}

function PublishDialog(props: {
  preview: Schemas['RetentionPreview']
  busy: boolean
  error: unknown
  close: () => void
  publish: (given: { reason: string; confirm?: string }) => void
}) {
  const { t } = useWords()
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const { preview } = props
  const { shorter } = preview
  const name = me?.firm.name ?? ''
  const ready = reason.trim() !== '' && (!shorter || typed.trim() === name)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (ready) props.publish({ reason: reason.trim(), ...(shorter ? { confirm: typed.trim() } : {}) })
  }
  return (
    <Modal
      opened
      onClose={props.close}
      title={t(shorter ? 'hours.retention.confirm_title' : 'hours.publish_title')}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          <Effect of={preview} />
          <Textarea
            label={t('hours.reason')}
            description={t('hours.reason_hint')}
            required
            data-autofocus
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {shorter && (
            <TextInput
              label={t('hours.retention.confirm', { name })}
              description={t('hours.retention.confirm_hint')}
              required
              autoComplete="off"
              maxLength={300}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          {props.error != null && <Problem error={props.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.close}>
              {t('stop.cancel')}
            </Button>
            <Button
              type="submit"
              loading={props.busy}
              disabled={!ready}
              {...(shorter ? { color: 'red.9' } : {})}
            >
              {t(shorter ? 'hours.retention.publish' : 'hours.publish_now')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
