/** One template: reworded with its effect beside it, tried on a real matter, published with a reason. */
import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { historyQuery, previewQuery, templateQuery, templatesQuery } from '../api/queries.ts'
import { Ask } from '../parts/ask.tsx'
import { useDeed } from '../parts/deed.ts'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { useMay } from '../parts/rights.ts'
import { Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { TemplateHistory } from '../template/history.tsx'
import { Previews } from '../template/previews.tsx'
import { Variables } from '../template/variables.tsx'
import { readable, useWords } from '../words/index.ts'

type Detail = Schemas['TemplateDetail']
type Body = Schemas['TemplateBody']
type Texts = Body['languages'][string]
type Field = HTMLTextAreaElement | HTMLInputElement

export function TemplatePage() {
  const { t } = useWords()
  const { key } = useParams({ from: '/inside/templates/$key' })
  const query = useQuery(templateQuery(key))
  return (
    <Page title={readable(key)} lead={query.data?.describe ?? t('templates.edit_lead')}>
      {query.isPending && <Waiting />}
      {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
      {query.data && <Editor key={key} found={query.data} />}
    </Page>
  )
}

/** Drafts live as long as the tab: whoever looks something up elsewhere finds theirs again. */
const drafts = new Map<string, { body: Body; basedOn: number }>()

function Editor({ found }: { found: Detail }) {
  const { t } = useWords()
  const may = useMay('configure')
  const [draft, setDraft] = useState(drafts.get(found.key) ?? { body: found.body, basedOn: found.edition })
  const [language, setLanguage] = useState(Object.keys(draft.body.languages)[0] ?? 'en')
  const [matter, setMatter] = useState('')
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const changed = JSON.stringify(draft.body) !== JSON.stringify(found.body)
  const keep = (next: { body: Body; basedOn: number } | null) => {
    if (next) drafts.set(found.key, next)
    else drafts.delete(found.key)
    setDraft(next ?? { body: found.body, basedOn: found.edition })
  }
  const [tried] = useDebouncedValue(draft.body, 300)
  const [triedOn] = useDebouncedValue(matter.trim(), 400)
  const preview = useQuery(previewQuery(found.key, tried, triedOn))
  const publish = useDeed({
    act: (why: string) =>
      answered(
        api.PUT('/templates/{key}', {
          params: { path: { key: found.key } },
          body: { body: draft.body, basedOn: draft.basedOn, reason: why },
        }),
      ),
    touches: [templateQuery(found.key).queryKey, templatesQuery.queryKey, historyQuery(found.key).queryKey],
    said: ({ edition }) => ({
      title: t('templates.published', { version: edition }),
      message: t('templates.next_one'),
    }),
  })
  const texts: Texts = draft.body.languages[language] ?? {}
  const write = (change: Partial<Texts>) => {
    const languages = { ...draft.body.languages, [language]: { ...texts, ...change } }
    keep({ ...draft, body: { ...draft.body, languages } })
  }
  const wrongAt = (part: string) =>
    preview.data?.problems.find(({ path }) => path === `languages.${language}.${part}`)?.message
  const general =
    preview.data?.problems.filter(({ path }) => !path.startsWith(`languages.${language}.`)) ?? []
  // Where the writer last was: who goes through the page by Tab alone has written nothing on the way.
  const field = useRef<Field | null>(null)
  const here = (event: { currentTarget: Field }) => {
    field.current = event.currentTarget
  }
  const words = useRef<HTMLElement>(null)
  const outdated = draft.basedOn !== found.edition

  return (
    <div className="rewording">
      <section ref={words} className="editor-words" aria-label={t('templates.words')}>
        <SegmentedControl
          aria-label={t('templates.language')}
          data={Object.keys(draft.body.languages).map((one) => ({ value: one, label: one.toUpperCase() }))}
          value={language}
          onChange={setLanguage}
        />
        {texts.sms !== undefined && (
          <Textarea
            label={t('templates.sms')}
            readOnly={!may}
            minRows={3}
            value={texts.sms}
            error={wrongAt('sms')}
            onClick={here}
            onChange={(event) => {
              here(event)
              write({ sms: event.currentTarget.value })
            }}
          />
        )}
        {texts.email !== undefined && (
          <>
            <TextInput
              label={t('templates.subject')}
              readOnly={!may}
              value={texts.email.subject}
              error={wrongAt('email.subject')}
              onClick={here}
              onChange={(event) => {
                here(event)
                write({ email: { ...texts.email!, subject: event.currentTarget.value } })
              }}
            />
            <Textarea
              label={t('templates.mail')}
              description={t('templates.mail_hint')}
              readOnly={!may}
              minRows={8}
              value={texts.email.body}
              error={wrongAt('email.body')}
              onClick={here}
              onChange={(event) => {
                here(event)
                write({ email: { ...texts.email!, body: event.currentTarget.value } })
              }}
            />
          </>
        )}
        {texts.digest !== undefined && (
          <TextInput
            label={t('templates.digest')}
            readOnly={!may}
            value={texts.digest}
            error={wrongAt('digest')}
            onClick={here}
            onChange={(event) => {
              here(event)
              write({ digest: event.currentTarget.value })
            }}
          />
        )}
        {general.map(({ path, message }) => (
          <p key={`${path} ${message}`} className="field-error" role="alert">
            {[path, message].filter(Boolean).join(': ')}
          </p>
        ))}
        {preview.data?.warnings.map(({ path, message }) => (
          <p key={`${path} ${message}`} className="dim">
            <Tag tone="warn">{t('templates.mind')}</Tag> {path} {message}
          </p>
        ))}
        {outdated && (
          <p className="field-error" role="alert">
            {t('templates.outdated', { version: found.edition })}
          </p>
        )}
        {may ? (
          <div className="editor-deeds">
            <Button
              disabled={!changed || outdated || (preview.data?.problems.length ?? 0) > 0}
              onClick={() => setAsking(true)}
            >
              {t('templates.publish')}
            </Button>
            {changed && (
              <Button variant="default" onClick={() => keep(null)}>
                {t('templates.undo')}
              </Button>
            )}
            <span className="dim">
              {changed ? t('templates.unpublished') : t('templates.as_published', { version: found.edition })}
            </span>
          </div>
        ) : (
          <p className="dim">{t('templates.may_not')}</p>
        )}
        <Variables
          found={found.variables}
          insert={
            may
              ? (path) =>
                  insertInto(
                    field.current ?? words.current?.querySelector('textarea, input[type=text]') ?? null,
                    path,
                  )
              : null
          }
        />
        {found.usedBy.length > 0 && (
          <p className="dim">{t('templates.used_by', { rules: found.usedBy.map(readable).join(', ') })}</p>
        )}
      </section>
      <Previews query={preview} language={language} matter={matter} choose={setMatter} />
      <TemplateHistory
        found={found}
        restore={
          may
            ? (body, version) => {
                keep({ body, basedOn: found.edition })
                setReason(t('templates.back_to', { version }))
              }
            : null
        }
      />
      {asking && (
        <Ask
          title={t('templates.publish_title')}
          label={t('templates.why')}
          placeholder={t('templates.why_example')}
          initial={reason}
          submit={t('templates.publish')}
          busy={publish.isPending}
          close={() => setAsking(false)}
          answer={(why) => {
            setAsking(false)
            publish.mutate(why, {
              onSuccess: ({ edition }) => {
                drafts.delete(found.key)
                setReason('')
                setDraft({ body: draft.body, basedOn: edition })
              },
            })
          }}
        />
      )}
    </div>
  )
}

/** At the place where the writer last was, as if typed: the field tells of it itself, and undo takes it back. */
function insertInto(field: Field | null, path: string): void {
  if (!field) return
  field.focus()
  const text = `{{ ${path} }}`
  const { selectionStart, selectionEnd } = field
  const at = selectionStart ?? field.value.length
  field.setRangeText(text, at, selectionEnd ?? at, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }))
}
