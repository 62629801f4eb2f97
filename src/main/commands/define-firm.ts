/** The commands that make a firm what its directory says, and back. */
import { text } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { systemClock } from '../../kernel/index.ts'
import { adapters } from '../adapters.ts'
import { configLanguage } from '../language.ts'
import { applyDirectory } from './apply.ts'
import { applyHooks } from './apply-hooks.ts'
import { byMe, type Cli, example, firm, json, operating, profileOption } from './cli-parts.ts'
import { connectCommand, disconnectCommand, listConnectionsCommand } from './connect.ts'
import { exportDirectory } from './export.ts'
import { forChosenFirm } from './operating.ts'
import { previewCommand } from './preview.ts'
import { rekeyCommand } from './rekey.ts'
import { listSecretsCommand, removeSecretCommand, setSecretCommand } from './secrets.ts'

export function defineFirm(program: Command, cli: Cli): void {
  const { terminal } = cli
  const language = () => configLanguage(adapters(systemClock))

  example(
    json(program.command('apply'))
      .argument('<dir>', "the firm's directory")
      .description('make a firm what its directory says; everything is checked before anything changes')
      .addOption(
        new Option('--take <whose>', 'who wins where both changed something').choices(['git', 'console']),
      )
      .option('--dry-run', 'only show what would change')
      .option('--author <name>', 'who is applying this', byMe())
      .addOption(profileOption())
      .action((dir: string, options) =>
        cli.opened(
          ({ runtime }) =>
            applyDirectory(
              {
                database: runtime.db,
                language: language(),
                clock: runtime.clock,
                newId: runtime.newId,
                terminal,
                ...applyHooks(runtime),
              },
              dir,
              options,
            ),
          options.profile,
        ),
      ),
    'apply examples/harbor-pike --dry-run',
  )

  example(
    json(firm(program.command('preview')))
      .argument('<template>', "a template's key")
      .description('what a template would say about a real matter; nobody is told')
      .requiredOption('--matter <which>', 'number, our id or the id in the CMS')
      .option('--language <code>', 'only this language; all by default')
      .option('--file <path>', 'the template as this file has it, before it is applied')
      .action((template: string, options) =>
        cli.opened(({ runtime }) => previewCommand(operating(cli, runtime), template, options)),
      ),
    'preview hearing-moved --matter 00123-Santos --language es',
  )

  example(
    json(firm(program.command('export')))
      .argument('<dir>', 'where to; what says the same already stays byte for byte')
      .description("write a firm's configuration back into its directory, edits from elsewhere included")
      .option('--dry-run', 'only show what would be written')
      .action((dir: string, options) =>
        cli.opened(({ runtime }) =>
          forChosenFirm(operating(cli, runtime), options, async (firmId) => {
            const { key } = (await runtime.firms.open(firmId)).code.program.settings
            return exportDirectory({ database: runtime.db, language: language(), terminal }, dir, {
              ...options,
              firm: key,
            })
          }),
        ),
      ),
    'export ./harbor-pike',
  )

  example(
    json(firm(program.command('connect')))
      .argument('<connection>', "a connection's key")
      .description('an address for the person who may let Tipstaff into a case management system')
      .action((key: string, options) =>
        cli.opened(({ runtime }) => connectCommand(operating(cli, runtime), key, options)),
      ),
    'connect acme-clio',
  )
  example(
    json(firm(program.command('disconnect')))
      .argument('<connection>', "a connection's key")
      .description('give the consent back: the system lets Tipstaff in no more')
      .action((key: string, options) =>
        cli.opened(({ runtime }) => disconnectCommand(operating(cli, runtime), key, options)),
      ),
    'disconnect acme-clio',
  )
  example(
    json(firm(program.command('connections')))
      .description('the systems around the firm: which let us in, and how much may be asked of them')
      .action((options) =>
        cli.opened(({ runtime }) => listConnectionsCommand(operating(cli, runtime), options)),
      ),
    'connections',
  )

  const secrets = program.command('secrets').description('what stored:NAME stands for in firm.yaml')
  example(
    json(firm(secrets.command('set')))
      .argument('<name>', 'small letters, digits and dashes')
      .description('store a secret, read from standard input, encrypted')
      .action((name: string, options) =>
        cli.opened(({ runtime }) =>
          setSecretCommand(operating(cli, runtime), name, options, () => text(process.stdin)),
        ),
      ),
    'secrets set twilio-token < token.txt',
  )
  example(
    json(firm(secrets.command('list', { isDefault: true })))
      .description('names only')
      .action((options) => cli.opened(({ runtime }) => listSecretsCommand(operating(cli, runtime), options))),
    'secrets list',
  )
  example(
    json(firm(secrets.command('remove')))
      .argument('<name>')
      .description('forget a secret')
      .action((name: string, options) =>
        cli.opened(({ runtime }) => removeSecretCommand(operating(cli, runtime), name, options)),
      ),
    'secrets remove twilio-token',
  )
  example(
    json(secrets.command('rekey'))
      .description('after the deployment got another key: encrypt what it holds of all firms anew')
      .requiredOption('--old <file>', 'the key that it had before; the new one is SECRET_KEY_FILE')
      .action((options) =>
        cli.opened(({ runtime }) =>
          rekeyCommand(
            {
              db: runtime.db,
              keys: runtime.keys,
              now: () => runtime.clock.now(),
              by: byMe(),
              terminal: cli.terminal,
            },
            options.old,
            options,
          ),
        ),
      ),
    'secrets rekey --old /root/secret.key.old',
  )
}
