/** Letting somebody in: the invitation, and its link. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { staffQuery } from '../api/settings.ts'
import { Problem } from '../parts/problem.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { useWords } from '../words/index.ts'
import { useMoments } from '../words/moments.ts'
import { RoleChoice } from './roles.tsx'

export interface Invited {
  name: string
  mail: string | null
  result: Schemas['InviteResult']
}

export function InviteDialog({ close, done }: { close: () => void; done: (invited: Invited) => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Schemas['Role']>('staff')
  const body = { name: name.trim(), email: email.trim(), role }
  const invite = useMutation({
    mutationFn: () => answered(api.POST('/staff', { body })),
    onSuccess: (result) => done({ name: body.name, mail: body.email, result }),
    onSettled: () => queries.invalidateQueries({ queryKey: staffQuery.queryKey }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate()
  }
  return (
    <Modal
      opened
      onClose={close}
      title={t('settings.staff.invite_title')}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput
            label={t('settings.staff.name')}
            required
            maxLength={100}
            data-autofocus
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('settings.staff.mail')}
            description={t('settings.staff.mail_hint')}
            type="email"
            required
            maxLength={254}
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <RoleChoice value={role} choose={setRole} />
          {invite.isError && <Problem error={invite.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('stop.cancel')}
            </Button>
            <Button type="submit" loading={invite.isPending} disabled={body.name === '' || body.email === ''}>
              {t('settings.staff.invite_submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

export function InvitedDialog({ invited, close }: { invited: Invited; close: () => void }) {
  const { t } = useWords()
  const { moment } = useMoments()
  const { name, mail, result } = invited
  return (
    <ShownOnce title={t('settings.staff.invited', { name })} value={result.link} close={close}>
      <p>
        {result.mailed && mail !== null
          ? t('settings.staff.mailed', { mail })
          : t('settings.staff.not_mailed')}
      </p>
      <p className="dim">{t('settings.staff.link_hint', { when: moment(result.expiresAt) })}</p>
    </ShownOnce>
  )
}
