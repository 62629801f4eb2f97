/** A few words beside the page that go by themselves; with a name on the button that takes them away. */
import { type NotificationData, notifications } from '@mantine/notifications'
import { useWords } from '../words/index.ts'

export function useTell(): (what: NotificationData) => void {
  const { t } = useWords()
  return (what) => void notifications.show({ closeButtonProps: { 'aria-label': t('app.close') }, ...what })
}
