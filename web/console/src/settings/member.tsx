/** Somebody of the staff: what they may do, how they sign in, and what can be done about them. */
import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { staffQuery } from '../api/settings.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useDeed } from '../parts/deed.ts'
import { Row } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { RoleChoice, useMayGive } from './roles.tsx'

type Member = Schemas['StaffMember']

const deeds = {
  sign_out: (id: string) => api.POST('/staff/{id}/sign-out', { params: { path: { id } } }),
  suspend: (id: string) => api.POST('/staff/{id}/suspend', { params: { path: { id } } }),
  reinstate: (id: string) => api.POST('/staff/{id}/reinstate', { params: { path: { id } } }),
  remove: (id: string) => api.DELETE('/staff/{id}', { params: { path: { id } } }),
} as const
type What = keyof typeof deeds

export function MemberRow({ member }: { member: Member }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const mayGive = useMayGive()
  const [asking, setAsking] = useState<What | 'role' | null>(null)
  const { id, name, email, role, lastSeenAt, signIn, walls, state } = member
  const act = useDeed({
    act: (what: What) => answered(deeds[what](id)),
    explains: true,
    touches: [staffQuery.queryKey],
    said: (_done, what) => ({ title: t(`settings.staff.${what}_done`, { name }) }),
  })
  const close = () => setAsking(null)
  return (
    <Row name={name}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="about">
              <span className="about-client">{name}</span>
              {me?.email === email && <Tag>{t('settings.staff.you')}</Tag>}
              <Tag tone="info">{t(`settings.role.${role}`)}</Tag>
              {state === 'suspended' && <Tag tone="bad">{t('settings.staff.suspended')}</Tag>}
            </span>
          </p>
          <p className="row-low dim">
            <span>{email}</span>
            <span>
              {lastSeenAt
                ? t('settings.staff.seen', { when: moment(lastSeenAt) })
                : t('settings.staff.never_seen')}
            </span>
            {signIn && <HowTheySignIn signIn={signIn} />}
            {walls > 0 && <span>{t('settings.staff.walls', { count: walls })}</span>}
          </p>
        </div>
        {mayGive(role) && (
          <div className="row-deeds">
            <Button
              size="xs"
              variant="default"
              data-key="e"
              aria-label={t('settings.staff.change_role_of', { name })}
              onClick={() => setAsking('role')}
            >
              {t('settings.staff.change_role')}
            </Button>
            <Menu position="bottom-end" width={230}>
              <Menu.Target>
                <ActionIcon variant="default" size={30} aria-label={t('settings.more', { name })}>
                  <IconDots size={16} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {state === 'suspended' ? (
                  <Menu.Item onClick={() => act.mutate('reinstate')}>
                    {t('settings.staff.reinstate')}
                  </Menu.Item>
                ) : (
                  <>
                    <Menu.Item onClick={() => setAsking('sign_out')}>
                      {t('settings.staff.sign_out')}
                    </Menu.Item>
                    <Menu.Item onClick={() => setAsking('suspend')}>{t('settings.staff.suspend')}</Menu.Item>
                  </>
                )}
                <Menu.Item onClick={() => setAsking('remove')}>{t('settings.staff.remove')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </div>
        )}
      </div>
      {asking === 'role' && <RoleDialog member={member} close={close} />}
      {(asking === 'sign_out' || asking === 'suspend' || asking === 'remove') && (
        <Confirm
          title={t(`settings.staff.${asking}_ask`, { name })}
          text={t(`settings.staff.${asking}_why`)}
          submit={t(`settings.staff.${asking}`)}
          busy={act.isPending}
          close={close}
          go={() => act.mutate(asking, { onSettled: close })}
        />
      )}
    </Row>
  )
}

function HowTheySignIn({ signIn }: { signIn: NonNullable<Member['signIn']> }) {
  const { t } = useWords()
  const { password, twoFactor, passkeys, own } = signIn
  return (
    <>
      {own && <span>{t('settings.staff.firm_account')}</span>}
      {password &&
        (twoFactor ? (
          <Tag tone="good">{t('settings.staff.second_factor')}</Tag>
        ) : (
          <Tag tone="warn">{t('settings.staff.no_second_factor')}</Tag>
        ))}
      {passkeys > 0 && <span>{t('settings.staff.passkeys', { count: passkeys })}</span>}
    </>
  )
}

function RoleDialog({ member, close }: { member: Member; close: () => void }) {
  const { t } = useWords()
  const { id, name } = member
  const [role, setRole] = useState(member.role)
  const give = useDeed({
    act: () => answered(api.PUT('/staff/{id}/role', { params: { path: { id } }, body: { role } })),
    explains: true,
    touches: [staffQuery.queryKey, meQuery.queryKey],
    said: () => ({ title: t('settings.staff.role_done', { name, role: t(`settings.role.${role}`) }) }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    give.mutate(undefined, { onSettled: close })
  }
  return (
    <Modal
      opened
      onClose={close}
      title={t('settings.staff.role_title', { name })}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        <RoleChoice value={role} choose={setRole} autoFocus />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t('stop.cancel')}
          </Button>
          <Button type="submit" loading={give.isPending} disabled={role === member.role}>
            {t('settings.staff.role_submit')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
