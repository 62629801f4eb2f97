/** Something that is shown this once: to be copied before the dialog is closed. */
import { Button, CopyButton, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../words/index.ts'

export function ShownOnce(props: { title: string; value: string; close: () => void; children: ReactNode }) {
  const { t } = useWords()
  return (
    <Modal
      opened
      onClose={props.close}
      title={props.title}
      // A click beside it must not lose what can't be shown again.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className="copy-me">{props.value}</p>
      {props.children}
      <Group justify="flex-end" mt="lg">
        <CopyButton value={props.value}>
          {({ copied, copy }) => (
            <Button data-autofocus onClick={copy}>
              {copied ? t('settings.copied') : t('settings.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={props.close}>
          {t('settings.done')}
        </Button>
      </Group>
    </Modal>
  )
}
