import { afterAll } from 'vitest'
import { closeTestDatabases } from './database.ts'

// Registered before any hook of the file itself, so it runs after them all.
afterAll(closeTestDatabases)
