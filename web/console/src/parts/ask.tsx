/** A small dialog with one question, answered in words that are kept. */
import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useWords } from '../words/index.ts'

export function Ask(props: {
  title: string
  label: string
  hint?: string
  placeholder?: string
  submit: string
  initial?: string
  /** One line, of this kind. */
  line?: 'tel' | 'email' | 'text'
  busy: boolean
  close: () => void
  answer: (text: string) => void
}) {
  const { t } = useWords()
  const [text, setText] = useState(props.initial ?? '')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') props.answer(text.trim())
  }
  const shared = {
    label: props.label,
    description: props.hint,
    placeholder: props.placeholder,
    value: text,
    required: true,
    'data-autofocus': true,
  }
  return (
    <Modal
      opened
      onClose={props.close}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        {props.line ? (
          <TextInput
            {...shared}
            type={props.line}
            maxLength={254}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <Textarea {...shared} maxLength={500} onChange={(event) => setText(event.currentTarget.value)} />
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={props.close}>
            {t('stop.cancel')}
          </Button>
          <Button type="submit" loading={props.busy} disabled={text.trim() === ''}>
            {props.submit}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
