/**
 * Serves the console as `npm run build:console` made it: files only. It holds no data; what it shows it asks the API
 * for, as whoever has signed in.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context, Hono } from 'hono'

/** The console's own paths. Each is the same page, which then looks at the address (web/console/src/app/router.tsx). */
export const consolePaths = [
  '/',
  '/sign-in',
  '/join',
  '/forgot',
  '/reset',
  '/messages',
  '/dead-letters',
  '/held',
  '/quarantine',
  '/states',
  '/templates',
  '/templates/:key',
  '/tasks',
  '/trace',
  '/connections',
  '/quality',
  '/events',
  '/reminders',
  '/reports',
  '/rules',
  '/rules/:key',
  '/account',
  '/audit',
  '/holds',
  '/clients/:id',
  '/matters/:id',
  '/settings',
  '/settings/staff',
  '/settings/sign-in',
  '/settings/walls',
  '/settings/keys',
  '/settings/hours',
  '/settings/retention',
] as const

const folder = join(import.meta.dirname, '..', '..', 'web', 'console', 'dist')

/** Vite writes it where a nonce belongs (web/console/vite.config.ts). */
const placeholder = '__NONCE__'

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

interface Asset {
  type: string
  plain: Uint8Array<ArrayBuffer>
  br: Uint8Array<ArrayBuffer> | null
  gzip: Uint8Array<ArrayBuffer> | null
}
interface Built {
  html: string
  assets: ReadonlyMap<string, Asset>
}

/**
 * Nothing but our own files: no inline script, no eval, no other host. Styles that the component library writes at
 * run time carry the nonce of the page.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** @returns null when it has not been built */
function readBuilt(): Built | null {
  // Written last by the build.
  if (!existsSync(join(folder, '.built'))) return null
  const names = readdirSync(join(folder, 'assets'))
  const bytes = (name: string) => new Uint8Array(readFileSync(join(folder, 'assets', name)))
  const packed = (name: string) => (names.includes(name) ? bytes(name) : null)
  const assets = names.flatMap((name): [string, Asset][] => {
    const type = types[name.slice(name.lastIndexOf('.') + 1)]
    if (type === undefined) return []
    return [[name, { type, plain: bytes(name), br: packed(`${name}.br`), gzip: packed(`${name}.gz`) }]]
  })
  return { html: readFileSync(join(folder, 'index.html'), 'utf8'), assets: new Map(assets) }
}

/** Read once per process: whoever builds anew starts anew. */
let kept: Built | null = null
const built = (): Built | null => {
  kept ??= readBuilt()
  return kept
}

function page(context: Context): Response {
  const found = built()
  if (!found) return context.text('The console has not been built: run "npm run build:console".\n', 503)
  const nonce = randomBytes(18).toString('base64')
  return context.body(found.html.replaceAll(placeholder, nonce), 200, {
    ...everywhere,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': policy(nonce),
  })
}

function asset(context: Context): Response {
  const found = built()?.assets.get(context.req.param('file') ?? '')
  if (!found) return context.text('There is nothing here\n', 404, everywhere)
  const accepts = (context.req.header('accept-encoding') ?? '')
    .split(',')
    .map((one) => one.trim().split(';')[0])
  const encoding = (['br', 'gzip'] as const).find((one) => accepts.includes(one) && found[one])
  return context.body((encoding && found[encoding]) ?? found.plain, 200, {
    ...everywhere,
    'content-type': found.type,
    // Its name holds the hash of what is in it.
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(encoding ? { 'content-encoding': encoding } : {}),
  })
}

export function consolePages(app: Hono): void {
  for (const path of consolePaths) app.get(path, page)
  app.get('/assets/:file', asset)
}
