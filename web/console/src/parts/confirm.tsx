/** A small dialog before what can't be undone by a click. */
import { Button, Group, Modal } from '@mantine/core'
import { useWords } from '../words/index.ts'

export function Confirm(props: {
  title: string
  text: string
  submit: string
  busy: boolean
  close: () => void
  go: () => void
}) {
  const { t } = useWords()
  return (
    <Modal
      opened
      onClose={props.close}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <p>{props.text}</p>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={props.close}>
          {t('stop.cancel')}
        </Button>
        <Button color="red.9" data-autofocus loading={props.busy} onClick={props.go}>
          {props.submit}
        </Button>
      </Group>
    </Modal>
  )
}
