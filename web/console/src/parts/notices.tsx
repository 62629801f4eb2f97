/** Where notices show; the sign that closes one has a name in the language of the page. */
import { createTheme, MantineThemeProvider, Notification } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import { useWords } from '../words/index.ts'

export function Notices() {
  const { t } = useWords()
  const close = t('app.close')
  const theme = useMemo(
    () =>
      createTheme({
        components: {
          Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': close } } }),
        },
      }),
    [close],
  )
  return (
    <MantineThemeProvider theme={theme} inherit>
      <Notifications position="bottom-right" autoClose={6_000} />
    </MantineThemeProvider>
  )
}
