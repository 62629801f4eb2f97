/** The commands about appointments: who came, and what their reminders came to. */
import { type Command, Option } from 'commander'
import { channel } from '../../../contracts/common.ts'
import { reportGrouping, reportPurposes } from '../../../contracts/message-reports.ts'
import { attendanceOutcome } from '../../../contracts/reports.ts'
import { listAppointmentsCommand, reportRemindersCommand, sayAttendanceCommand } from './appointments.ts'
import { type Cli, count, example, firm, json, operating } from './cli-parts.ts'
import { reportMessagesCommand, reportQuestionsCommand, reportResponsesCommand } from './message-reports.ts'
import type { OperatingDeps } from './operating.ts'

export function defineAppointments(program: Command, cli: Cli): void {
  const run = (work: (deps: OperatingDeps) => Promise<number>) =>
    cli.opened(({ runtime }) => work(operating(cli, runtime)))
  const days = (command: Command): Command =>
    command
      .option('--from <day>', "the first day, as the firm's calendar shows it; 30 days by default")
      .option('--to <day>', 'the last day; today by default')

  const report = program.command('report').description('what was said, added up')
  example(
    days(json(firm(report.command('reminders'))))
      .description('reminders sent, confirmed, kept and missed: by type of appointment, by answer, by step')
      .option('--html <file>', 'write a page with charts')
      .action((options) => run((deps) => reportRemindersCommand(deps, options))),
    'report reminders --from 2030-10-01 --to 2030-12-31',
    'report reminders --html reminders.html',
  )

  example(
    days(json(firm(report.command('messages'))))
      .description('messages by what became of them: over time, by template, channel and purpose')
      .addOption(new Option('--by <period>', 'by what fits, by default').choices(reportGrouping.options))
      .addOption(new Option('--channel <channel>').choices(channel.options))
      .addOption(new Option('--purpose <purpose>').choices(reportPurposes))
      .option('--template <key>', 'of this template only')
      .option('--practice-area <name>', 'of matters of this practice area only')
      .option('--csv <file>', 'write a table for spreadsheets')
      .option('--pdf <file>', 'write a document with charts, with texts after changes and response times')
      .addOption(new Option('--language <language>', 'of the document').choices(['en', 'es']).default('en'))
      .action((options) => run((deps) => reportMessagesCommand(deps, options))),
    'report messages --from 2030-10-01 --to 2030-12-31 --by month',
    'report messages --purpose status --csv messages.csv --pdf messages.pdf',
  )

  const whole = (command: Command): Command =>
    days(json(firm(command)))
      .option('--practice-area <name>', 'of matters of this practice area only')
      .option('--csv <file>', 'write a table for spreadsheets')
  example(
    whole(report.command('questions'))
      .description('texts from clients after a change: of those who were told, and of those who were not')
      .action((options) => run((deps) => reportQuestionsCommand(deps, options))),
    'report questions --from 2030-07-01 --to 2030-09-30',
  )
  example(
    whole(report.command('response-times'))
      .description('how fast tasks were done, and how fast a change became a delivered message')
      .action((options) => run((deps) => reportResponsesCommand(deps, options))),
    'report response-times --csv response-times.csv',
  )

  const appointments = program
    .command('appointments')
    .description('who came to the appointments that clients were reminded of')
  example(
    days(json(firm(appointments.command('list', { isDefault: true }))))
      .description('those that are over, the newest first')
      .addOption(
        new Option('--outcome <outcome>', 'which')
          .choices([...attendanceOutcome.options, 'all'])
          .default('unknown'),
      )
      .option('--limit <n>', 'how many', count)
      .action((options) => run((deps) => listAppointmentsCommand(deps, options))),
    'appointments list',
    'appointments list --outcome missed --from 2030-10-01',
  )
  const says = {
    kept: 'the client came',
    missed: 'the client did not come',
    unknown: 'take back what was said of it',
  } as const
  for (const outcome of attendanceOutcome.options)
    example(
      json(firm(appointments.command(outcome)))
        .argument('<id>', 'as the list shows it, or as the case management system numbers it')
        .description(says[outcome])
        .action((id: string, options) => run((deps) => sayAttendanceCommand(deps, id, outcome, options))),
      `appointments ${outcome} 0192f0c1-…`,
    )
}
