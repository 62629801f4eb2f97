/** The console starts here: words, theme, what is kept of answers, and the pages. */
import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './console.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { askAhead } from './app/ahead.ts'
import { makeQueryClient } from './app/query-client.ts'
import { makeRouter } from './app/router.tsx'
import { theme, variables } from './app/theme.ts'
import { Notices } from './parts/notices.tsx'
import { startWords } from './words/index.ts'

// Styles that libraries write at run time are allowed by the nonce of this page only. Mantine is told by a property;
// react-remove-scroll, which keeps the page still behind dialogs, looks for this name.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
Object.assign(globalThis, { __webpack_nonce__: nonce })

startWords()
const queries = makeQueryClient(() => router)
const router = makeRouter(queries)
askAhead(queries, location.pathname)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Notices />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
