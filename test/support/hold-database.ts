// A process for tests to kill: starts the embedded database of the directory it is given, says where, and stays.
import { startEmbedded } from '../../src/platform/db/embedded/index.ts'

process.on('SIGINT', () => {}) // as the app does, which drains first
const server = await startEmbedded({ dataDir: process.argv[2] ?? '', log: (line) => console.error(line) })
console.log(JSON.stringify({ ownerUrl: server.ownerUrl, adopted: server.adopted }))
setInterval(() => {}, 60_000)
