/** Asks for the password once more, for what a signed-in page left alone must not do. */
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isWrongPassword } from '../api/account.ts'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'

interface Asking {
  submit: string
  hint?: string
  busy: boolean
  error: unknown
  close: () => void
  answer: (password: string) => void
}

export function PasswordForm(props: Asking) {
  const { t } = useWords()
  const [password, setPassword] = useState('')
  const wrong = isWrongPassword(props.error)
  const send = (event: FormEvent) => {
    event.preventDefault()
    props.answer(password)
  }
  return (
    <form onSubmit={send}>
      <Stack>
        {props.hint && <Text size="sm">{props.hint}</Text>}
        <PasswordInput
          label={t('credentials.password')}
          name="password"
          autoComplete="current-password"
          required
          data-autofocus
          error={wrong && t('credentials.wrong_password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {props.error !== null && !wrong && <Problem error={props.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.close}>
            {t('credentials.cancel')}
          </Button>
          <Button type="submit" loading={props.busy}>
            {props.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export function AskPassword(props: Asking & { title: string }) {
  const { t } = useWords()
  return (
    <Modal
      opened
      onClose={props.close}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <PasswordForm {...props} />
    </Modal>
  )
}
