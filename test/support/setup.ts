import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { afterAll } from 'vitest'

// Before anything large is loaded: each file's process would compile all of it anew.
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'tipstaff-test-code'))
const { closeTestDatabases } = await import('./database.ts')

// Registered before any hook of the file itself, so it runs after them all.
afterAll(closeTestDatabases)
