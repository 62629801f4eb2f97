import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** Pictures are made with the tests' own world, and are no tests. */
export default defineConfig({
  test: { ...base.test, include: ['test/screenshots/*.shots.ts'] },
})
