/** An invitation that nobody has followed yet. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { staffQuery } from '../api/settings.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useDeed } from '../parts/deed.ts'
import { useTellProblem } from '../parts/problem.tsx'
import { Row } from '../parts/rows.tsx'
import { Tag } from '../parts/tag.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import type { Invited } from './invite.tsx'
import { useMayGive } from './roles.tsx'

export function InvitationRow(props: { member: Schemas['StaffMember']; invited: (again: Invited) => void }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const mayGive = useMayGive()
  const tell = useTellProblem(true)
  const [asking, setAsking] = useState(false)
  const { id, name, email, role, state, inviteExpiresAt, invitedBy } = props.member
  const params = { params: { path: { id } } }
  const again = useMutation({
    mutationFn: () => answered(api.POST('/staff/{id}/invitation', params)),
    onSuccess: (result) => props.invited({ name, mail: email, result }),
    onError: tell,
  })
  const withdraw = useDeed({
    act: () => answered(api.DELETE('/staff/{id}', params)),
    explains: true,
    touches: [staffQuery.queryKey],
    said: () => ({ title: t('settings.staff.withdraw_done', { name }) }),
  })
  return (
    <Row name={name}>
      <div className="row-line">
        <div className="row-main">
          <p className="row-top">
            <span className="about">
              <span className="about-client">{name}</span>
              <Tag tone="info">{t(`settings.role.${role}`)}</Tag>
              {state === 'expired' && <Tag tone="warn">{t('settings.staff.expired')}</Tag>}
            </span>
          </p>
          <p className="row-low dim">
            <span>{email ?? t('settings.staff.anybody')}</span>
            <span>{t('settings.staff.by', { who: invitedBy })}</span>
            {state === 'invited' && inviteExpiresAt && (
              <span>{t('settings.staff.until', { when: moment(inviteExpiresAt) })}</span>
            )}
          </p>
        </div>
        {mayGive(role) && (
          <div className="row-deeds">
            <Button
              size="xs"
              variant="default"
              data-key="r"
              loading={again.isPending}
              aria-label={t('settings.staff.resend_of', { name })}
              onClick={() => again.mutate()}
            >
              {t('settings.staff.resend')}
            </Button>
            <Button
              size="xs"
              variant="default"
              data-key="e"
              aria-label={t('settings.staff.withdraw_of', { name })}
              onClick={() => setAsking(true)}
            >
              {t('settings.staff.withdraw')}
            </Button>
          </div>
        )}
      </div>
      {asking && (
        <Confirm
          title={t('settings.staff.withdraw_ask', { name })}
          text={t('settings.staff.withdraw_why')}
          submit={t('settings.staff.withdraw')}
          busy={withdraw.isPending}
          close={() => setAsking(false)}
          go={() => withdraw.mutate(undefined, { onSettled: () => setAsking(false) })}
        />
      )}
    </Row>
  )
}
