/** The commands about what is kept of a matter: handing it out, keeping it, letting go of it. */
import { Argument, type Command, Option } from 'commander'
import { type Cli, count, example, firm, json, operating } from './cli-parts.ts'
import { exportMatterCommand } from './export-matter.ts'
import { listHoldsCommand, placeHoldCommand, releaseHoldCommand } from './legal-hold.ts'
import { retentionCommand } from './retention.ts'

export function defineRecord(program: Command, cli: Cli): void {
  example(
    json(firm(program.command('export-matter')))
      .argument('<matter>', 'number or id')
      .description(
        'all that was said and heard in a matter, for a court or an insurer: a zip with PDF, JSON, proofs and a program that checks them',
      )
      .option('--out <file>', 'where to; by default a name that says the matter and the day')
      .addOption(new Option('--language <language>', 'of the PDF').choices(['en', 'es']).default('en'))
      .action((matter: string, options) =>
        cli.opened(({ runtime }) => exportMatterCommand(operating(cli, runtime), matter, options)),
      ),
    'export-matter M-1047 --out doe-v-acme.zip',
  )

  const holds = program
    .command('legal-hold')
    .description('keep every word of a matter or client, whatever retention says')
  example(
    json(firm(holds.command('place')))
      .addArgument(new Argument('<scope>').choices(['matter', 'client']))
      .argument('<target>', 'number, name or id')
      .requiredOption('--reason <words>', 'why; colleagues see it')
      .description('from now on nothing of it is deleted')
      .action((scope: 'matter' | 'client', target: string, options) =>
        cli.opened(({ runtime }) => placeHoldCommand(operating(cli, runtime), scope, target, options)),
      ),
    'legal-hold place matter M-1047 --reason "litigation with Acme"',
  )
  example(
    json(firm(holds.command('release')))
      .argument('<id>', 'of the hold, from the list')
      .requiredOption('--reason <words>', 'why it is not needed any more')
      .description('let retention go on with it')
      .action((id: string, options) =>
        cli.opened(({ runtime }) => releaseHoldCommand(operating(cli, runtime), id, options)),
      ),
    'legal-hold release 0199f1c2-7c11-7000-8000-000000000001 --reason "settled"',
  )
  example(
    json(firm(holds.command('list', { isDefault: true })))
      .option('--released', 'those that were released')
      .option('--limit <n>', 'how many', count)
      .option('--cursor <id>', 'go on where a page ended')
      .description('what is under a hold, since when, by whom and why')
      .action((options) => cli.opened(({ runtime }) => listHoldsCommand(operating(cli, runtime), options))),
    'legal-hold list',
  )

  example(
    json(firm(program.command('retention')))
      .option('--dry-run', 'only count')
      .description('delete words that are older than firm.yaml keeps them, as happens by itself every hour')
      .action((options) => cli.opened(({ runtime }) => retentionCommand(operating(cli, runtime), options))),
    'retention --dry-run',
  )
}
