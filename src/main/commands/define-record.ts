/** The commands about what is kept of a matter: handing it out, keeping it, letting go of it. */
import { type Command, Option } from 'commander'
import { type Cli, example, firm, json, operating } from './cli-parts.ts'
import { exportMatterCommand } from './export-matter.ts'

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
}
