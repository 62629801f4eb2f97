/** Examples of who works at a firm, what is closed to whom, and keys for scripts. */
import { about, at, dana, danaMail, firmName, ids, sam, samMail } from './people.ts'
import type { Examples } from './types.ts'

const invitation = {
  id: ids.sam,
  link: 'https://tipstaff.example/join#Zm9yLXRoZS1leGFtcGxl',
  expiresAt: '2026-10-22T19:05:00Z',
  mailed: true,
}
const wallReason = 'his brother is the defendant'
const deed = { params: { id: ids.sam }, answer: { id: ids.sam } }

export const staffExamples: Examples = {
  'get /me': {
    answer: {
      name: dana,
      email: danaMail,
      role: 'owner',
      scopes: ['read', 'operate', 'configure', 'administer'],
      twoFactor: true,
      needs: null,
      firm: { name: firmName, timeZone: 'America/New_York', languages: ['en', 'es'] },
    },
  },
  'get /staff': {
    answer: {
      items: [
        {
          id: ids.staff,
          name: dana,
          email: danaMail,
          role: 'owner',
          state: 'joined',
          invitedBy: 'cli:root',
          createdAt: at.monthBefore,
          inviteExpiresAt: null,
          joinedAt: at.monthBefore,
          lastSeenAt: at.later,
          signIn: { password: true, twoFactor: true, passkeys: 1, own: false },
          walls: 0,
        },
        {
          id: ids.sam,
          name: sam,
          email: samMail,
          role: 'staff',
          state: 'invited',
          invitedBy: dana,
          createdAt: at.later,
          inviteExpiresAt: invitation.expiresAt,
          joinedAt: null,
          lastSeenAt: null,
          signIn: null,
          walls: 1,
        },
      ],
    },
  },
  'post /staff': { body: { name: sam, email: samMail, role: 'staff' }, answer: invitation },
  'post /staff/{id}/invitation': { params: { id: ids.sam }, answer: invitation },
  'put /staff/{id}/role': { ...deed, body: { role: 'attorney' } },
  'post /staff/{id}/suspend': deed,
  'post /staff/{id}/reinstate': deed,
  'post /staff/{id}/sign-out': deed,
  'delete /staff/{id}': deed,
  'get /walls': {
    answer: {
      items: [
        {
          matterId: ids.matter,
          matter: about.matter,
          staffId: ids.sam,
          name: sam,
          reason: wallReason,
          createdBy: dana,
          createdAt: at.later,
        },
      ],
    },
  },
  'post /walls': {
    body: { matter: about.matter, staffId: ids.sam, reason: wallReason },
    answer: { id: ids.matter },
  },
  'post /walls/{staffId}/{matterId}/lift': {
    params: { staffId: ids.sam, matterId: ids.matter },
    body: { reason: 'his brother is out of the case' },
    answer: { id: ids.matter },
  },
  'get /keys': {
    answer: {
      items: [
        {
          id: ids.key,
          name: 'practice dashboard',
          scopes: ['read'],
          createdBy: dana,
          createdAt: at.monthBefore,
          expiresAt: '2027-09-14T13:00:00Z',
          lastUsedAt: at.later,
          revokedAt: null,
          state: 'good',
        },
      ],
    },
  },
  'post /keys': {
    body: { name: 'practice dashboard', scopes: ['read'], expiresAt: '2027-09-14T13:00:00Z' },
    answer: { id: ids.key, key: 'tsk_shown-this-once-and-kept-as-a-hash-only-000' },
  },
  'delete /keys/{id}': { params: { id: ids.key }, answer: { id: ids.key } },
}
