/** The editor for YAML: what is wrong shows while one types, and Ctrl+Space offers what fits. Tab leaves it. */
import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Text } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'
import { suggest, type Vocabulary } from './suggest.ts'

export interface Placed {
  line: number
  column: number
  message: string
}

/** Colours of the console's own, which pass on both grounds. */
const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--link)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.lineComment, tags.comment], color: 'var(--dim)' },
  { tag: [tags.bool, tags.number, tags.null, tags.keyword], color: 'var(--warn)' },
])

const look = EditorView.theme({
  '&': {
    fontSize: '13.5px',
    border: '1px solid var(--line-strong)',
    borderRadius: '10px',
    backgroundColor: 'var(--raised)',
    color: 'var(--mantine-color-text)',
  },
  '&.cm-focused': { outline: '2px solid var(--link)', outlineOffset: '1px' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    lineHeight: '1.6',
  },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--dim)',
    border: 'none',
    paddingLeft: '4px',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--info-bg)',
    color: 'var(--info)',
  },
  '.cm-completionDetail': { color: 'var(--dim)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
})

const complete = (own: Vocabulary) => (context: CompletionContext) => {
  const found = suggest(context.state.doc.toString(), context.pos, own)
  if (!found || (!context.explicit && found.from === context.pos && !/\W$/.test(before(context)))) return null
  return { from: found.from, options: found.options, validFor: /^[\w.-]*$/ }
}
const before = ({ state, pos }: CompletionContext) => state.sliceDoc(Math.max(0, pos - 1), pos)

/** A problem has a place; what is marked is the word there, to the end of the line at most. */
function diagnosed(doc: Text, { line, column, message }: Placed, severity: 'error' | 'warning'): Diagnostic {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to)
  return { from, to: Math.max(at.to, from), severity, message }
}

const nonce = () => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

export function Editor(props: {
  label: string
  value: string
  change: (text: string) => void
  vocabulary: Vocabulary
  problems: readonly Placed[]
  warnings: readonly Placed[]
  readOnly?: boolean
}) {
  const { language } = useWords()
  const { t } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  latest.current = props
  const { label } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for another language; all else is handed in below
  useEffect(() => {
    const made = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          EditorView.cspNonce.of(nonce()),
          EditorState.phrases.of({
            Completions: t('rules.editor.completions'),
            Diagnostics: t('rules.editor.diagnostics'),
            close: t('rules.editor.close'),
            'No diagnostics': t('rules.editor.no_diagnostics'),
          }),
          lineNumbers(),
          history(),
          highlightActiveLine(),
          yaml(),
          indentUnit.of('  '),
          EditorView.lineWrapping,
          syntaxHighlighting(highlighting),
          autocompletion({
            override: [(context) => complete(latest.current.vocabulary)(context)],
            icons: false,
          }),
          linter(null),
          keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', id: 'rule-yaml' }),
          EditorState.readOnly.of(latest.current.readOnly ?? false),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.change(update.state.doc.toString())
          }),
          look,
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
  }, [language, label])

  // What others put there: a draft that was thrown away, an edition that was restored.
  useEffect(() => {
    const made = view.current
    if (!made || made.state.doc.toString() === props.value) return
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: props.value } })
  }, [props.value])

  useEffect(() => {
    const made = view.current
    if (!made) return
    const { doc } = made.state
    made.dispatch(
      setDiagnostics(made.state, [
        ...props.problems.map((one) => diagnosed(doc, one, 'error')),
        ...props.warnings.map((one) => diagnosed(doc, one, 'warning')),
      ]),
    )
  }, [props.problems, props.warnings])

  return <div ref={box} className="editor" />
}

/** Puts the cursor where a problem is. */
export function goTo(line: number, column: number): void {
  const content = document.getElementById('rule-yaml')
  const view = content && EditorView.findFromDOM(content)
  if (!view) return
  const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines))
  view.dispatch({ selection: { anchor: Math.min(at.from + column - 1, at.to) }, scrollIntoView: true })
  view.focus()
}
