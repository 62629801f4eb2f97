import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const MAC_APP = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

/** Path of a Chromium on this machine: the one in CHROMIUM, on PATH, or Playwright's own; undefined if none. */
export function findChromium(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const candidates = [process.env.CHROMIUM ?? '', ...onPath, MAC_APP, chromium.executablePath()]
  return candidates.find((path) => path !== '' && existsSync(path))
}

/** Finds Chromium, or installs it where that is possible. Throws with the one line that says how to get it. */
export function ensureChromium(log: (line: string) => void): string {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    log('Installing Chromium with apt-get for the browser tests…')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' })
    const packages = ['chromium', 'fonts-liberation']
    spawnSync('apt-get', ['install', '-yq', '--no-install-recommends', ...packages], { env, stdio: 'ignore' })
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need Chromium: install it ("apt-get install chromium", or Chrome), or set CHROMIUM to its path.',
  )
}
