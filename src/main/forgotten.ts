/** Links by which somebody chooses a password anew: mailed to who asks, or printed for who runs the command. */
import type { SignIn } from '../adapters/better-auth/index.ts'
import type { Clock, FirmId } from '../kernel/index.ts'
import type { AlertMailer } from '../modules/alerts/index.ts'
import { record } from '../modules/audit/index.ts'
import { accountOf, admission } from '../modules/staff/index.ts'
import type { Database } from '../platform/db/firm-tx.ts'
import type { Log } from '../platform/log/index.ts'
import { staffMail } from './staff-mails.ts'

/** The part of an open firm that mails to its staff need. */
export interface MailingFirm {
  code: { program: { settings: { name: string; languages: readonly string[] } } }
  mailer: AlertMailer | null
}

interface ForgottenDeps {
  db: Database
  clock: Clock
  log: Pick<Log, 'warn'>
  publicUrl: string
  firms: { open(firmId: FirmId): Promise<MailingFirm> }
  library(): Promise<Pick<SignIn, 'resetToken'>>
}

export function forgotten({ db, clock, log, publicUrl, firms, library }: ForgottenDeps) {
  /** Behind the #, so that no server and no log on the way sees the token. */
  const linkOf = (token: string): string => `${publicUrl}/reset#${token}`
  const note = (firmId: FirmId, actor: string, action: string, staffId: string) =>
    db.forFirm(firmId, (tx) =>
      record(tx, [{ actor, action, subject: `staff:${staffId}`, data: {} }], clock.now()),
    )

  return {
    /** Mails a link to whoever has this address; nobody is told whether that was so. */
    async mail(email: string): Promise<void> {
      const account = await accountOf(db, email)
      if (!account) return
      // A password would open nothing.
      if (admission(account, { proof: 'password', twoFactor: false }) === 'firm_only') return
      const { mailer, code } = await firms.open(account.firmId)
      if (!mailer) {
        log.warn(
          { firm: account.firmId },
          'somebody has forgotten a password, and the firm has no operators.smtp: run "tipstaff staff reset-link"',
        )
        return
      }
      const token = await (await library()).resetToken(account)
      if (token === null || token === 'enough') return
      const { name: firm, languages } = code.program.settings
      const told = await mailer.send({
        id: `reset-${account.staffId}-${token.slice(-8)}`,
        to: [account.email],
        ...staffMail('newPassword', languages, { name: account.name, firm, link: linkOf(token) }),
      })
      if (!told.ok) {
        log.warn(
          { firm: account.firmId, reason: told.detail },
          'a link for a new password could not be mailed',
        )
        return
      }
      await note(account.firmId, 'sign-in', 'staff.reset_link_sent', account.staffId)
    },

    /** @returns the link, `nobody` where no such address signs in by password here, or `enough` (three are good at once) */
    async link(firmId: FirmId, email: string, by: string): Promise<string | 'nobody' | 'enough'> {
      const account = await accountOf(db, email)
      if (account?.firmId !== firmId) return 'nobody'
      const token = await (await library()).resetToken(account)
      if (token === null) return 'nobody'
      if (token === 'enough') return 'enough'
      await note(firmId, by, 'staff.reset_link_made', account.staffId)
      return linkOf(token)
    },
  }
}
