/**
 * The state machines of docs/state-machines.md, and the triggers that hold every statement of the tests against them:
 * the arrows on that page are the only ones that a row may take, whoever writes it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Machine {
  table: string
  /** Null where the state is not a column of its own. */
  column: string | null
  initial: string[]
  arrows: [from: string, to: string][]
}

/** Where the state is told by another column: an expression over `r`, the row. */
const DERIVED: Readonly<Record<string, string>> = {
  pauses: `case when r.lifted_at is null then 'live' else 'lifted' end`,
  legal_holds: `case when r.released_at is null then 'live' else 'released' end`,
  alerts: `case when r.resolved_at is null then 'open' else 'resolved' end`,
}

/** States that are passed within one transaction and never stored. */
const PASSING: Readonly<Record<string, string>> = { notices: 'decided' }

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'state-machines.md')

/** Reads every machine whose heading names a table. */
export function drawnMachines(page = readFileSync(PAGE, 'utf8')): Machine[] {
  return page.split(/^## /m).flatMap((section) => {
    const [, table, column] = /^[^\n]*\(`(\w+)(?:\.(\w+))?`\)/.exec(section) ?? []
    const [, drawing] = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(section) ?? []
    if (!table || !drawing) return []
    const lines = [...drawing.matchAll(/^ {4}(\S+) --> (\w+|\[\*\])(?:: .+)?$/gm)]
    const arrows = lines.map((l): [string, string] => [l[1]!, l[2]!])
    return [
      {
        table,
        column: column ?? null,
        initial: arrows.filter(([from]) => from === '[*]').map(([, to]) => to),
        arrows: arrows.filter(([from, to]) => from !== '[*]' && to !== '[*]'),
      },
    ]
  })
}

/** SQL, run as the owner: a trigger for each machine that raises for a change, or a beginning, that is not drawn. */
export function stateTriggers(machines = drawnMachines()): string {
  return machines.map(triggerOf).join('\n')
}

function triggerOf({ table, column, initial, arrows }: Machine): string {
  const name = `drawn_${table}_${column ?? 'state'}`
  const state = column ? `r.${column}` : DERIVED[table]
  if (!state)
    throw new Error(`docs/state-machines.md, ${table}: name the column of the state, or add it to DERIVED`)
  const of = (row: 'old' | 'new') => state.replaceAll('r.', `${row}.`)
  const passing = PASSING[table]
  const begins = [...initial, ...arrows.filter(([from]) => from === passing).map(([, to]) => to)]
  const allowed = [
    // An empty column is no state yet: the first one may be written by an insert or later.
    ...begins.map((to) => `('', '${to}')`),
    ...arrows.map(([from, to]) => `('${from}', '${to}')`),
  ]
  return `
    create function ${name}() returns trigger language plpgsql as $$
    declare
      before text := '';
      after text := coalesce(${of('new')}, '');
    begin
      if tg_op = 'UPDATE' then before := coalesce(${of('old')}, ''); end if;
      if before <> after and (before, after) not in (${allowed.join(', ')}) then
        raise exception '${table}: % -> % is not drawn in docs/state-machines.md', before, after;
      end if;
      return null;
    end $$;
    create trigger ${name} after insert or update on ${table} for each row execute function ${name}();`
}
