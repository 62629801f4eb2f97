import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The longest, in this order: begun last they would run alone at the end, with a processor that has nothing to do. */
const longest = [
  'test/torture/boundaries.test.ts',
  'test/e2e/console.test.ts',
  'test/e2e/account-page.test.ts',
  'test/e2e/console-settings.test.ts',
  'test/torture/torture.test.ts',
  'test/e2e/ops-restore.test.ts',
  'test/e2e/ops-backup.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.endsWith(name))
      return place < 0 ? longest.length : place
    }
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

export default defineConfig({
  test: {
    include: ['{src,sandbox,contracts,test,scripts}/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/setup.ts',
    // Node runs our TypeScript by itself, as it does for users; what Vite would make of it first took a tenth of the whole.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Files run in processes of their own: some send signals, and a crash must not take the others along.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 90_000,
    sequence: { hooks: 'stack', sequencer: LongestFirst },
  },
})
