/** One template: reworded with its effect beside it, tried on a real matter, published with a reason. */
import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { ApiProblem, answered, api, type Schemas } from '../api/client.ts'
import { historyQuery, previewQuery, templateQuery, templatesQuery } from '../api/queries.ts'
import { meQuery } from '../api/session.ts'
import { Ask } from '../parts/ask.tsx'
import { useDeed } from '../parts/deed.ts'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Remove } from '../parts/remove.tsx'
import { useMay } from '../parts/rights.ts'
import { Waiting } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { TemplateHistory } from '../template/history.tsx'
import { Previews } from '../template/previews.tsx'
import { Shape } from '../template/shape.tsx'
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
  const isNew = query.error instanceof ApiProblem && query.error.status === 404
  const list = useQuery({ ...templatesQuery, enabled: isNew })
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const found = isNew ? list.data && me && blank(key, list.data.variables, me.firm.languages) : query.data
  const lead = isNew ? t('templates.not_there') : (query.data?.describe ?? t('templates.edit_lead'))
  return (
    <Page title={readable(key)} lead={lead} actions={<Link to="/templates">{t('templates.back')}</Link>}>
      {(query.isPending || (isNew && list.isPending)) && <Waiting />}
      {query.isError && !isNew && <Problem error={query.error} again={() => void query.refetch()} />}
      {isNew && list.isError && <Problem error={list.error} again={() => void list.refetch()} />}
      {found && <Editor key={`${key} ${isNew}`} found={found} />}
    </Page>
  )
}

/** What an editor needs to know of a template; one that is not there yet has edition 0. */
type Found = Pick<Detail, 'key' | 'edition' | 'body' | 'variables' | 'usedBy'>

/** Where a new one begins: a text message in each language that the firm promises. */
function blank(key: string, variables: Detail['variables'], languages: readonly string[]): Found {
  const body = { languages: Object.fromEntries(languages.map((language) => [language, { sms: '' }])) }
  return { key, edition: 0, body, variables, usedBy: [] }
}

/** Drafts live as long as the tab: whoever looks something up elsewhere finds theirs again. */
const drafts = new Map<string, { body: Body; basedOn: number }>()

function Editor({ found }: { found: Found }) {
  const { t } = useWords()
  const may = useMay('configure')
  const [draft, setDraft] = useState(drafts.get(found.key) ?? { body: found.body, basedOn: found.edition })
  const [chosen, setLanguage] = useState(Object.keys(draft.body.languages)[0] ?? 'en')
  // The one that was looked at may just have been taken away.
  const language = chosen in draft.body.languages ? chosen : (Object.keys(draft.body.languages)[0] ?? 'en')
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
    act: async (why: string) => {
      const done = await answered(
        api.PUT('/templates/{key}', {
          params: { path: { key: found.key } },
          body: { body: draft.body, basedOn: draft.basedOn, reason: why },
        }),
      )
      // Here, since a new one's editor is another once it is there.
      drafts.delete(found.key)
      return done
    },
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
  // Who has not begun has done nothing wrong.
  const problems = found.edition === 0 && !changed ? [] : (preview.data?.problems ?? [])
  const wrongAt = (part: string) =>
    problems.find(({ path }) => path === `languages.${language}.${part}`)?.message
  const general = problems.filter(({ path }) => !path.startsWith(`languages.${language}.`))
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
        {may && (
          <Shape
            languages={draft.body.languages}
            change={(languages) => keep({ ...draft, body: { ...draft.body, languages } })}
          />
        )}
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
            <Button disabled={!changed || outdated || problems.length > 0} onClick={() => setAsking(true)}>
              {t('templates.publish')}
            </Button>
            {changed && (
              <Button variant="default" onClick={() => keep(null)}>
                {t('templates.undo')}
              </Button>
            )}
            <span className="dim">
              {found.edition === 0
                ? t('templates.unpublished_new')
                : changed
                  ? t('templates.unpublished')
                  : t('templates.as_published', { version: found.edition })}
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
      {may && found.edition > 0 && (
        <Remove
          name={readable(found.key)}
          usedBy={found.usedBy.map(readable)}
          act={(why) =>
            answered(
              api.PUT('/templates/{key}/removal', {
                params: { path: { key: found.key } },
                body: { basedOn: found.edition, reason: why },
              }),
            )
          }
          touches={[templatesQuery.queryKey]}
          to="/templates"
          done={() => drafts.delete(found.key)}
        />
      )}
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
