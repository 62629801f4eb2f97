/** The commands of whoever runs the deployment. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { sealingKeyFrom } from '../../modules/audit/index.ts'
import { freeBytesAt } from '../doctor/waiting.ts'
import { commandEnvironment } from '../sandbox-process.ts'
import { backup, printBackup, printRestore, restore } from './backup.ts'
import { byMe, type Cli, example, json } from './cli-parts.ts'
import { diagnose, printFindings } from './doctor.ts'
import { holdCommand, reconcile } from './reconcile.ts'
import { verifyAudit, verifyAuditText } from './verify-audit.ts'

export function defineOperations(program: Command, cli: Cli): void {
  const { terminal } = cli

  example(
    json(program.command('migrate'))
      .description('bring the database to this release (as its owner: DATABASE_ADMIN_URL)')
      .action((options) =>
        cli.opened(async () => {
          // Opening it has done so.
          terminal.out(options.json ? '{"migrated":true}\n' : 'The database is up to date.\n')
          return 0
        }),
      ),
    'migrate',
  )

  example(
    json(program.command('doctor'))
      .description(
        'look at database, clock, connections, signatures and what waits; exit 1 when a check fails',
      )
      .action((options) =>
        cli.opened(async ({ runtime, config, database }) =>
          printFindings(
            terminal,
            await diagnose({
              runtime,
              config,
              databaseUrl: database.appUrl,
              clock: runtime.clock,
              env: commandEnvironment(config),
              fetch,
              freeBytes: freeBytesAt,
            }),
            options.json ?? false,
          ),
        ),
      ),
    'doctor --json',
  )

  example(
    json(program.command('verify-audit'))
      .description('is the record what was sealed? Finds any edit, deletion, insertion or truncation')
      .option('--firm <key>', 'one firm; all by default')
      .option('--accept <reason>', 'put on record that what is missing now was lost to a restored backup')
      .action((options) =>
        cli.opened(async ({ runtime, config }) => {
          const result = await verifyAudit({
            db: runtime.db,
            anchorsDir: join(config.dataDir, 'anchors'),
            key: sealingKeyFrom(runtime.keys.tokens),
            now: () => runtime.clock.now(),
            ...(options.firm === undefined ? {} : { firm: options.firm }),
            ...(options.accept === undefined
              ? {}
              : { accept: { by: byMe(), reason: options.accept, at: runtime.clock.now() } }),
          })
          terminal.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : `${verifyAuditText(result)}\n`)
          return result.ok ? 0 : 1
        }),
      ),
    'verify-audit',
  )

  example(
    json(program.command('backup'))
      .argument('<dir>', 'a new directory, best on another disk')
      .description('copy the embedded database, anchors and secret key while all goes on')
      .action((dir: string, options) =>
        cli.opened(async ({ config, database, runtime }) => {
          const report = await backup(config, database.adminUrl, dir, runtime.clock.now())
          printBackup(terminal, report, options.json ?? false)
          return 0
        }),
      ),
    'backup /mnt/backups/tipstaff-2026-10-15',
  )

  example(
    json(program.command('restore'))
      .argument('<dir>', 'what backup made')
      .description('put a backup in the place of DATA_DIR, which is moved aside; Tipstaff must be stopped')
      .action(async (dir: string, options) => {
        printRestore(terminal, restore(cli.config(), dir, Temporal.Now.instant()), options.json ?? false)
        cli.end(0)
      }),
    'restore /mnt/backups/tipstaff-2026-10-15',
  )

  example(
    json(program.command('hold'))
      .requiredOption('--reason <words>', 'why, for those who wonder later')
      .description(
        'nothing leaves any more, for all firms, until reconcile; webhooks and receipts are still taken',
      )
      .action((options) => cli.opened(({ runtime }) => holdCommand({ runtime, terminal }, options))),
    'hold --reason "moving to another server"',
  )

  example(
    json(program.command('reconcile'))
      .description('after a restored backup: ask providers what was sent since, then let messages go again')
      .option('--dry-run', 'only show what is in doubt')
      .option('--without-cms', 'do not read the CMS; what moved while nobody looked becomes tasks for staff')
      .option(
        '--nothing-lost',
        'nothing was sent after the copy was made (a planned move, a clean failover): ask nobody',
      )
      .action((options) =>
        cli.opened(({ runtime, config }) =>
          reconcile(
            {
              runtime,
              anchorsDir: join(config.dataDir, 'anchors'),
              terminal,
              by: byMe(),
              pause: async (milliseconds) => void (await delay(milliseconds)),
            },
            options,
          ),
        ),
      ),
    'reconcile --dry-run',
    'reconcile',
  )
}
