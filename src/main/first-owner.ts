/** Nobody can sign in to a new firm, and there is no default password: the first start says who may. */
import { listFirms } from '../modules/firms/index.ts'
import { hasOwner, invite } from '../modules/staff/index.ts'
import type { Runtime } from './runtime.ts'

/**
 * Makes a link for the first owner of each firm that has none; the one of an earlier start is void then.
 *
 * @returns by the firm's name, the link that whoever started this process may follow once
 */
export async function firstOwnerLinks(
  runtime: Pick<Runtime, 'db' | 'clock' | 'newId' | 'publicUrl'>,
): Promise<{ firm: string; link: string }[]> {
  const { db, clock, newId, publicUrl } = runtime
  const made: { firm: string; link: string }[] = []
  for (const firmId of await listFirms(db)) {
    const found = await db.forFirm(firmId, async (tx) => {
      if (await hasOwner(tx)) return null
      const [firm] = await tx.rows<{ name: string }>('select name from firms where firm_id = current_firm()')
      const wished = { name: 'The first owner', email: null, role: 'owner' as const }
      const invited = await invite(tx, wished, { by: 'tipstaff start', now: clock.now(), newId })
      return invited && { firm: firm!.name, link: `${publicUrl}/join#${invited.token}` }
    })
    if (found) made.push(found)
  }
  return made
}
