import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Before anything large is loaded: each file's process would compile all of it anew.
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'tipstaff-test-code'))
