/** How the console is built; `scripts/console.mjs` does it, and packs what comes out. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The server puts a fresh one in its place for each request (src/main/console-page.ts).
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing inlined: the page's policy allows fonts and styles from files of ours only.
    assetsInlineLimit: 0,
    manifest: 'manifest.json',
    // What the first page needs, in one file: twenty small ones take a browser longer than what is in them.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
    // Browsers that know light-dark() by themselves: lowered, it would lose sight of the chosen scheme.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Uncompressed; what counts is checked compressed, by scripts/console.test.ts.
    chunkSizeWarningLimit: 1_000,
  },
})
