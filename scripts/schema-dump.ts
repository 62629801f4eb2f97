// Writes schema.sql: the schema after all migrations, from the catalog of a fresh database.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/platform/db/embedded/index.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { dumpSchema } from '../src/platform/db/schema-dump.ts'

const root = join(import.meta.dirname, '..')
const dataDir = mkdtempSync(join(tmpdir(), 'tipstaff-schema-'))
chmodSync(dataDir, 0o711) // as root, PostgreSQL's own user has to pass through
const server = await startEmbedded({ dataDir, log: () => {} })
try {
  await migrate({ ownerUrl: server.ownerUrl, dir: join(root, 'migrations'), log: console.log })
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  writeFileSync(join(root, 'schema.sql'), await dumpSchema(client))
  await client.end()
  console.log('schema.sql written')
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
