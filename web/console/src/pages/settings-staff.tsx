/** Who works here: roles, invitations, and the way out. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { staffQuery } from '../api/settings.ts'
import { Details } from '../parts/details.tsx'
import { Problem } from '../parts/problem.tsx'
import { List, Row, Waiting } from '../parts/rows.tsx'
import { SettingsFrame } from '../settings/frame.tsx'
import { InvitationRow } from '../settings/invitation.tsx'
import { InviteDialog, type Invited, InvitedDialog } from '../settings/invite.tsx'
import { MemberRow } from '../settings/member.tsx'
import { useWords } from '../words/index.ts'

export function StaffPage() {
  const { t } = useWords()
  const [inviting, setInviting] = useState(false)
  const [invited, setInvited] = useState<Invited | null>(null)
  return (
    <SettingsFrame
      title={t('settings.staff.title')}
      lead={t('settings.staff.lead')}
      right="administer"
      actions={<Button onClick={() => setInviting(true)}>{t('settings.staff.invite')}</Button>}
    >
      <Everybody invited={setInvited} />
      {inviting && (
        <InviteDialog
          close={() => setInviting(false)}
          done={(made) => {
            setInviting(false)
            setInvited(made)
          }}
        />
      )}
      {invited && <InvitedDialog invited={invited} close={() => setInvited(null)} />}
    </SettingsFrame>
  )
}

function Everybody({ invited }: { invited: (made: Invited) => void }) {
  const { t } = useWords()
  const query = useQuery(staffQuery)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />
  const { items } = query.data
  const people = items.filter(({ state }) => state === 'joined' || state === 'suspended')
  const open = items.filter(({ state }) => state === 'invited' || state === 'expired')
  const gone = items.filter(({ state }) => state === 'removed')
  return (
    <>
      {open.length > 0 && (
        <section className="group" aria-label={t('settings.staff.invitations')}>
          <div className="group-head">
            <h2>{t('settings.staff.invitations')}</h2>
          </div>
          <List label={t('settings.staff.invitations')}>
            {open.map((member) => (
              <InvitationRow key={member.id} member={member} invited={invited} />
            ))}
          </List>
        </section>
      )}
      <section className="group" aria-label={t('settings.staff.people')}>
        <div className="group-head">
          <h2>{t('settings.staff.people')}</h2>
        </div>
        <List label={t('settings.staff.people')}>
          {people.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </List>
      </section>
      {gone.length > 0 && (
        <Details label={`${t('settings.staff.gone')} (${gone.length})`}>
          <List label={t('settings.staff.gone')}>
            {gone.map(({ id, name, email, joinedAt }) => (
              <Row key={id} name={name}>
                <p className="row-top">
                  <span className="row-title">{name}</span>
                </p>
                <p className="row-low dim">
                  <span>{email}</span>
                  <span>{t(joinedAt ? 'settings.staff.left' : 'settings.staff.withdrawn')}</span>
                </p>
              </Row>
            ))}
          </List>
        </Details>
      )}
    </>
  )
}
