/** `tipstaff staff invite|list|remove|reset-link`: who may sign in. */
import { invite, listStaff, type Role, removeMember, roles } from '../../modules/staff/index.ts'
import {
  actingAs,
  CommandFailed,
  type CommonOptions,
  forChosenFirm,
  idOf,
  minute,
  type OperatingDeps,
  printJson,
  printTable,
} from './operating.ts'

export function inviteCommand(
  deps: OperatingDeps,
  email: string,
  options: CommonOptions & { role: string; name?: string | undefined },
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    if (!/^[^@\s]+@[^@\s]+$/.test(email) || email.length > 254)
      throw new CommandFailed(`"${email}" is not a mail address`)
    const role = roles.find((known) => known === options.role)
    if (role === undefined)
      throw new CommandFailed(`--role ${options.role} is not one of ${roles.join(', ')}`)
    const name = options.name?.trim() || email.split('@')[0]!
    const made = await deps.db.forFirm(firmId, (tx) => invite(tx, { name, email, role }, actingAs(deps)))
    if (!made) throw new CommandFailed(`${email} has joined already`)
    const link = `${deps.publicUrl}/join#${made.token}`
    if (options.json) printJson(deps.terminal, { id: made.id, link, expiresAt: made.expiresAt.toString() })
    else {
      deps.terminal.out(`${link}\n`)
      deps.terminal.err(
        `For ${email} alone, as ${role}: it works once, until ${minute(made.expiresAt.toString())}.\n`,
      )
    }
    return 0
  })
}

export function listStaffCommand(deps: OperatingDeps, options: CommonOptions): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const items = await deps.db.forFirm(firmId, (tx) => listStaff(tx, deps.clock.now()))
    if (options.json) printJson(deps.terminal, { items })
    else if (items.length === 0)
      deps.terminal.out('Nobody may sign in yet: tipstaff staff invite MAIL --role owner\n')
    else
      printTable(
        deps.terminal,
        items.map((m) => [
          m.id,
          m.name,
          m.email ?? '(whoever holds the link)',
          m.role satisfies Role,
          m.state,
        ]),
      )
    return 0
  })
}

/** For a firm without a mail server of its operators, and for who cannot read their mail without signing in. */
export function resetLinkCommand(
  deps: OperatingDeps,
  address: string,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const link = await deps.signIn.resetLink(firmId, address, deps.by)
    if (link === 'nobody')
      throw new CommandFailed(
        `nobody with the address ${address} signs in by password here: "tipstaff staff list"`,
      )
    if (link === 'enough')
      throw new CommandFailed('three links are good already: let them follow one, or wait half an hour')
    if (options.json) printJson(deps.terminal, { link })
    else {
      deps.terminal.out(`${link}\n`)
      deps.terminal.err('For them alone: it works once, for half an hour. Their second factor stays.\n')
    }
    return 0
  })
}

export function removeStaffCommand(
  deps: OperatingDeps,
  which: string,
  options: CommonOptions,
): Promise<number> {
  return forChosenFirm(deps, options, async (firmId) => {
    const id = idOf(which)
    const done = await deps.db.forFirm(firmId, (tx) => removeMember(tx, id, actingAs(deps)))
    if (done === 'missing') throw new CommandFailed(`nobody with the id ${id} works here`)
    if (done === 'last_owner')
      throw new CommandFailed('they are the last owner: invite another first, or nobody could let people in')
    if (options.json) printJson(deps.terminal, { id, removed: true })
    else deps.terminal.out('Removed: their sessions, password and passkeys are gone.\n')
    return 0
  })
}
