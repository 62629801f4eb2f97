import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** The shell has no windows of its own around a page, and is twice as quick. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
]
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
    for (const name of ['chromium-headless-shell', 'chromium']) {
      const packages = [name, 'fonts-liberation']
      spawnSync('apt-get', ['install', '-yq', '--no-install-recommends', ...packages], {
        env,
        stdio: 'ignore',
      })
      const installed = findChromium()
      if (installed) return installed
    }
  }
  throw new Error(
    'The browser tests need Chromium: install it ("apt-get install chromium", or Chrome), or set CHROMIUM to its path.',
  )
}

/**
 * What Chrome 156 puts into each new window, with a process of its own, and no test looks at: the pop-ups of its address bar
 * take as long as a page of ours. Only the last list of a command line holds: the rest is what Playwright turns off itself,
 * where it matters to pages without a network.
 */
const without = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

/** @returns a browser without a window, to be closed by whoever asked for it */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: ensureChromium(() => {}),
    args: ['--no-sandbox', `--disable-features=${without.join(',')}`],
  })
