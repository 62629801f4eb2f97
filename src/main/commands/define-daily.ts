/** The commands of every day: who got what, what waits, stopping and going on. */
import { setTimeout as delay } from 'node:timers/promises'
import { Argument, type Command, Option } from 'commander'
import { askedFor } from '../../../contracts/trace.ts'
import { roles, scopes } from '../../modules/staff/index.ts'
import type { Runtime } from '../runtime.ts'
import { type Cli, count, example, firm, json, operating } from './cli-parts.ts'
import { closeDeadLetterCommand, listDeadLettersCommand, replayDeadLettersCommand } from './dead-letters.ts'
import { createKeyCommand, listKeysCommand, revokeKeyCommand } from './keys.ts'
import type { OperatingDeps } from './operating.ts'
import { listPausesCommand, pauseCommand, resumeCommand } from './pause.ts'
import { fixQualityCommand, ignoreQualityCommand, listQualityCommand } from './quality.ts'
import {
  acceptChangeCommand,
  discardQuarantineCommand,
  listQuarantineCommand,
  replayQuarantineCommand,
} from './quarantine.ts'
import { queueCommand } from './queue.ts'
import { shadowCommand } from './shadow.ts'
import { inviteCommand, listStaffCommand, removeStaffCommand, resetLinkCommand } from './staff.ts'
import { endTaskCommand, listTasksCommand } from './tasks.ts'
import { traceCommand } from './trace.ts'
import { wishesCommand } from './wishes.ts'
import { listRefusedWritesCommand, retryWritesCommand } from './writeback.ts'

export function defineDaily(program: Command, cli: Cli): void {
  const run = (work: (deps: OperatingDeps & Runtime) => Promise<number>) =>
    cli.opened(({ runtime }) => work(operating(cli, runtime)))

  example(
    json(firm(program.command('trace')))
      .argument('<whom>', 'a client, phone number, mail address, matter or message: name, number or id')
      .description('did she get it? The whole story of a client, an address, a matter or a message')
      .addOption(new Option('--as <what>', 'where it could be several things').choices(askedFor.options))
      .option('--limit <n>', 'how many lines of the story', count)
      .option('--cursor <id>', 'go on where a page ended')
      .option('--all', 'everything, not one screen')
      .option('--quiet', 'also events by which nothing changed')
      .action((whom: string, options) =>
        run((deps) =>
          traceCommand(deps, whom, {
            ...options,
            ...(process.stdout.columns ? { width: process.stdout.columns } : {}),
          }),
        ),
      ),
    'trace +12015550147',
  )

  example(
    json(firm(program.command('shadow')))
      .description('in a shadow deployment: what would have been sent, with its words')
      .option('--last <duration>', 'how far back, in ISO 8601', 'P1D')
      .option('--limit <n>', 'at most so many, the newest', count, 200)
      .action((options) =>
        cli.opened(({ runtime }) => shadowCommand({ ...operating(cli, runtime) }, options)),
      ),
    'shadow --last PT12H',
  )

  example(
    json(firm(program.command('queue')))
      .description(
        'what is due to be sent, and by when it will have left: at its rate, and after quiet hours',
      )
      .action((options) => run((deps) => queueCommand(deps, options))),
    'queue',
  )

  const letters = program
    .command('dead-letters')
    .description('messages that could not be delivered and need a human')
  const state = (choices: string[]) => new Option('--state <state>', 'which').choices(choices).default('open')
  example(
    paged(json(firm(letters.command('list', { isDefault: true }))))
      .description('the newest first')
      .addOption(state(['open', 'replayed', 'closed']))
      .action((options) => run((deps) => listDeadLettersCommand(deps, options))),
    'dead-letters list --json',
  )
  example(
    json(firm(letters.command('replay')))
      .argument('[ids...]', 'which; or --all')
      .description('put back into the queue, each once')
      .option('--all', 'all that are open')
      .action((ids: string[], options) => run((deps) => replayDeadLettersCommand(deps, ids, options))),
    'dead-letters replay --all',
  )
  example(
    json(firm(letters.command('close')))
      .argument('<id>')
      .description('the client was told by other means')
      .requiredOption('--how <words>', 'how they were told')
      .action((id: string, options) => run((deps) => closeDeadLetterCommand(deps, id, options.how, options))),
    'dead-letters close 0192f0c1-… --how "called her, spoke in person"',
  )

  const scope = () => new Argument('<scope>', 'whom').choices(['client', 'matter', 'firm', 'list'])
  example(
    json(firm(program.command('pause')))
      .addArgument(scope())
      .argument('[target]', 'name, number or id; none for the firm')
      .description(
        'stop everything to a client, about a matter, or of the whole firm, at once; `pause list` shows',
      )
      .option('--reason <words>', 'why, for those who wonder later', 'paused from the command line')
      .option('--until <instant>', 'ends by itself, e.g. 2026-10-15T18:00:00-04:00')
      .action((what, target: string | undefined, options) =>
        run((deps) =>
          what === 'list' ? listPausesCommand(deps, options) : pauseCommand(deps, what, target, options),
        ),
      ),
    'pause client "Maria Alvarez" --reason "settlement talks"',
    'pause firm --reason "wrong template went out"',
  )
  example(
    json(firm(program.command('wishes')))
      .argument('<client>', 'name, number or id')
      .description('hours in which a client does not want to be written to, and how often they want to hear')
      .option('--quiet <when...>', 'sat,sun · 13:00-15:00 · "mon,fri 18:00-24:00"; none takes all back')
      .option('--updates <pace>', 'what is not urgent: at-once, daily, weekly; usual takes it back')
      .action((client: string, options) => run((deps) => wishesCommand(deps, client, options))),
    'wishes "Maria Alvarez" --quiet sat,sun --updates daily',
  )
  example(
    json(firm(program.command('resume')))
      .addArgument(new Argument('<scope>', 'whom').choices(['client', 'matter', 'firm']))
      .argument('[target]', 'name, number or id; none for the firm')
      .description('end a pause: what waited is looked at again, and sent if it is still true')
      .action((what, target: string | undefined, options) =>
        run((deps) => resumeCommand(deps, what, target, options)),
      ),
    'resume client "Maria Alvarez"',
  )

  example(
    firm(program.command('audit-cms'))
      .argument('<connection>', 'the key of a connection to a case management system')
      .description(
        'read a CMS from end to end, write nothing, and say what must be cleaned before it is trusted',
      )
      .option('--fresh', 'begin anew, where an audit was interrupted')
      .option('--html <file>', 'write a page with charts')
      .option('--json [file]', 'print JSON, or write it into a file')
      .option('--show-values', 'names, numbers and addresses in full; masked otherwise')
      .action((key: string, options) =>
        run(async (deps) => {
          // What runs all day has no need of it in memory.
          const { auditCmsCommand } = await import('./audit-cms.ts')
          return auditCmsCommand(deps, key, { ...options, ...interruptible() })
        }),
      ),
    'audit-cms harbor-pike-clio',
    'audit-cms harbor-pike-clio --html audit.html --show-values',
  )

  const quarantine = program.command('quarantine').description('what came in and could not be understood')
  example(
    paged(json(firm(quarantine.command('list', { isDefault: true }))))
      .description('what waits for a fix')
      .action((options) => run((deps) => listQuarantineCommand(deps, options))),
    'quarantine list',
  )
  example(
    json(firm(quarantine.command('replay')))
      .argument('[ids...]', 'which; or --all')
      .description('read again, after a fix')
      .option('--all', 'all of it')
      .action((ids: string[], options) => run((deps) => replayQuarantineCommand(deps, ids, options))),
    'quarantine replay --all',
  )
  example(
    json(firm(quarantine.command('discard')))
      .argument('<id>')
      .description('nothing shall come of it')
      .requiredOption('--reason <words>', 'why, for those who wonder later')
      .action((id: string, options) =>
        run((deps) => discardQuarantineCommand(deps, id, options.reason, options)),
      ),
    'quarantine discard 0192f0c1-… --reason "a test by the vendor"',
  )
  example(
    json(firm(quarantine.command('accept-change')))
      .argument('<connection>', "the connection's key")
      .description('its payloads have changed, and that is meant: learn anew what they look like')
      .option('--field <path>', 'only this field, e.g. data.matter_stage; all by default')
      .action((connection: string, options) => run((deps) => acceptChangeCommand(deps, connection, options))),
    'quarantine accept-change billing --field data.amount',
  )

  const tasks = program.command('tasks').description('work for people at the firm')
  example(
    paged(json(firm(tasks.command('list', { isDefault: true }))))
      .description('those due soonest first')
      .addOption(state(['open', 'done']))
      .action((options) => run((deps) => listTasksCommand(deps, options))),
    'tasks list',
  )
  example(
    json(firm(tasks.command('done')))
      .argument('<id>')
      .description('somebody did it')
      .action((id: string, options) => run((deps) => endTaskCommand(deps, id, options))),
    'tasks done 0192f0c1-…',
  )

  const writeback = program.command('writeback').description('what a case management system refused to take')
  example(
    paged(json(firm(writeback.command('list', { isDefault: true }))))
      .description('the newest first')
      .action((options) => run((deps) => listRefusedWritesCommand(deps, options))),
    'writeback list',
  )
  example(
    json(firm(writeback.command('retry')))
      .argument('[ids...]', 'which; or --all, or --connection')
      .description('write it after all, each once, and end the tasks that asked for it')
      .option('--all', 'all that were refused')
      .option('--connection <key>', 'all that this connection refused')
      .action((ids: string[], options) => run((deps) => retryWritesCommand(deps, ids, options))),
    'writeback retry --connection harbor-pike-clio',
  )

  const quality = program
    .command('quality')
    .description("what is wrong with the firm's data: found by audits and by the reads of every day")
  example(
    paged(json(firm(quality.command('list', { isDefault: true }))))
      .description('the newest first')
      .addOption(state(['open', 'fixed', 'ignored']))
      .option('--kind <kind>', 'one kind only, e.g. phone_unusable')
      .action((options) => run((deps) => listQualityCommand(deps, options))),
    'quality list',
    'quality list --kind mail_typo --json',
  )
  example(
    json(firm(quality.command('fix')))
      .argument('<id>')
      .argument('[address]', 'the right phone number or mail address; none: it is mended in the CMS')
      .description('corrected: what waited for it is looked at again')
      .action((id: string, address: string | undefined, options) =>
        run((deps) => fixQualityCommand(deps, id, address, options)),
      ),
    'quality fix 0192f0c1-… "+1 201 555 0123"',
    'quality fix 0192f0c1-…',
  )
  example(
    json(firm(quality.command('ignore')))
      .argument('<id>')
      .description('it stays as it is, and is not shown again')
      .requiredOption('--reason <words>', 'why')
      .action((id: string, options) =>
        run((deps) => ignoreQualityCommand(deps, id, options.reason, options)),
      ),
    'quality ignore 0192f0c1-… --reason "mother and daughter, both agreed"',
  )

  const staff = program.command('staff').description('who may sign in to the console')
  example(
    json(firm(staff.command('invite')))
      .argument('<mail>', 'their address')
      .description('make the link by which somebody joins; it works once, for a week')
      .requiredOption('--role <role>', `what they may do: ${roles.join(', ')}`)
      .option('--name <name>', 'how they are called; they may say it otherwise when they join')
      .action((mail: string, options) => run((deps) => inviteCommand(deps, mail, options))),
    'staff invite nadia@firm.example --role owner',
  )
  example(
    json(firm(staff.command('list', { isDefault: true })))
      .description('who works here, who is invited, and who has left')
      .action((options) => run((deps) => listStaffCommand(deps, options))),
    'staff list',
  )
  example(
    json(firm(staff.command('reset-link')))
      .argument('<address>', 'of somebody who has joined')
      .description(
        'make the link by which somebody chooses a forgotten password anew; once, for half an hour',
      )
      .action((address: string, options) => run((deps) => resetLinkCommand(deps, address, options))),
    'staff reset-link nadia@firm.example',
  )
  example(
    json(firm(staff.command('remove')))
      .argument('<id>', 'from "staff list"')
      .description('somebody has left: their sessions, password and passkeys are gone at once')
      .action((id: string, options) => run((deps) => removeStaffCommand(deps, id, options))),
    'staff remove 0192f0c1-…',
  )

  const keys = program.command('keys').description('keys for the API')
  example(
    json(firm(keys.command('create')))
      .argument('<name>', 'what it is for')
      .description('make a key; it is shown once')
      .option('--scope <scopes...>', `what it may do: ${scopes.join(', ')}`)
      .action((name: string, options) => run((deps) => createKeyCommand(deps, name, options))),
    'keys create "reception desk" --scope read',
  )
  example(
    json(firm(keys.command('list', { isDefault: true })))
      .description('which there are')
      .action((options) => run((deps) => listKeysCommand(deps, options))),
    'keys list',
  )
  example(
    json(firm(keys.command('revoke')))
      .argument('<id>')
      .description('it opens nothing any more, at once')
      .action((id: string, options) => run((deps) => revokeKeyCommand(deps, id, options))),
    'keys revoke 0192f0c1-…',
  )
}

/** A first Ctrl-C ends the audit between two pages, a second one at once. */
function interruptible() {
  let asked = false
  const waits = new AbortController()
  process.on('SIGINT', () => {
    if (asked) process.exit(130)
    asked = true
    waits.abort()
  })
  return {
    progress: process.stderr.isTTY === true,
    stopped: () => asked,
    wait: (seconds: number) => delay(seconds * 1000, undefined, { signal: waits.signal }).catch(() => {}),
  }
}

const paged = (command: Command): Command =>
  command.option('--limit <n>', 'how many', count).option('--cursor <id>', 'go on where a page ended')
