/** A role to be chosen, with what it may do: none that may more than whoever chooses. */
import { Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { scopesOf } from '../../../../contracts/roles.ts'
import type { Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { useWords } from '../words/index.ts'

type Role = Schemas['Role']
const roles = Object.keys(scopesOf) as Role[]

/** @returns whether somebody with a role may be changed by, and given by, whoever has signed in */
export function useMayGive(): (role: Role) => boolean {
  const { data } = useQuery({ ...meQuery, enabled: false })
  return (role) => scopesOf[role].every((scope) => data?.scopes.includes(scope) ?? false)
}

export function RoleChoice(props: { value: Role; choose: (role: Role) => void; autoFocus?: boolean }) {
  const { t } = useWords()
  const mayGive = useMayGive()
  return (
    <Radio.Group
      label={t('settings.staff.role')}
      value={props.value}
      onChange={(value) => props.choose(value as Role)}
    >
      <Stack gap="xs" mt={6}>
        {roles.filter(mayGive).map((role) => (
          <Radio
            key={role}
            value={role}
            label={t(`settings.role.${role}`)}
            description={t(`settings.role_may.${role}`)}
            data-autofocus={props.autoFocus && role === props.value ? true : undefined}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
