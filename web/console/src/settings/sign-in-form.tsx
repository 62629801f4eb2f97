/** Edits what the firm asks of whoever signs in; who would be stopped at the door by it is named beforehand. */
import { Stack, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, api, type Schemas } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { settingsKey, staffQuery } from '../api/settings.ts'
import { useDeed } from '../parts/deed.ts'
import { Problem } from '../parts/problem.tsx'
import { useWords } from '../words/index.ts'
import { Overtaken, PublishDeeds } from './publish.tsx'

type Rules = Schemas['SignInRules']
type Member = Schemas['StaffMember']

export function SignInForm({ found, close }: { found: Schemas['SignInSettings']; close: () => void }) {
  const { t } = useWords()
  const [rules, setRules] = useState(found.rules)
  const [basedOn, setBasedOn] = useState(found.edition)
  const publish = useDeed({
    act: (reason: string) => answered(api.PUT('/settings/sign-in', { body: { rules, basedOn, reason } })),
    touches: [settingsKey, meQuery.queryKey],
    explains: true,
    said: () => ({ title: t('hours.published') }),
  })
  const overtaken = found.edition !== basedOn && !publish.isPending
  const touched = JSON.stringify(rules) !== JSON.stringify(found.rules)
  const change = (part: Partial<Rules>) => setRules((before) => ({ ...before, ...part }))
  return (
    <section className="part" aria-label={t('hours.edit')}>
      <Stack gap="md" maw={560}>
        <Switch
          label={t('settings.sign_in.factor')}
          description={t('settings.sign_in.factor_hint')}
          checked={rules.secondFactor}
          onChange={(event) => change({ secondFactor: event.currentTarget.checked })}
        />
        {(found.own !== null || rules.only) && (
          <Switch
            label={t('settings.sign_in.only', { name: found.own ?? t('settings.sign_in.own') })}
            description={t('settings.sign_in.only_hint')}
            checked={rules.only}
            onChange={(event) => change({ only: event.currentTarget.checked })}
          />
        )}
      </Stack>
      <div role="status" className="effect">
        <p className="small-head">{t('hours.effect')}</p>
        <Effect rules={rules} before={found.rules} own={found.own} />
      </div>
      {overtaken && <Overtaken change={found} take={() => setBasedOn(found.edition)} />}
      <PublishDeeds ready={touched && !overtaken} publish={publish} close={close} />
    </section>
  )
}

/** Who has neither a code nor a passkey, and does not come by the firm's own sign-in, whose second factor is theirs. */
const lacksFactor = ({ signIn }: Member): boolean =>
  signIn?.password === true && !signIn.twoFactor && signIn.passkeys === 0
const comesOtherwise = ({ signIn, role }: Member): boolean => role !== 'owner' && signIn?.own === false

function Effect({ rules, before, own }: { rules: Rules; before: Rules; own: string | null }) {
  const { t, language } = useWords()
  const staff = useQuery(staffQuery)
  if (staff.isError) return <Problem error={staff.error} again={() => void staff.refetch()} />
  if (!staff.data) return null
  const names = (fits: (member: Member) => boolean): string =>
    new Intl.ListFormat(language).format(
      staff.data.items.filter((one) => one.state === 'joined' && fits(one)).map(({ name }) => name),
    )
  const named = rules.only ? (one: Member) => one.role === 'owner' && lacksFactor(one) : lacksFactor
  const [factor, other] = [names(named), names(comesOtherwise)]
  const name = own ?? t('settings.sign_in.own')
  const lines = [
    ...(rules.secondFactor && !before.secondFactor
      ? [factor ? t('settings.sign_in.lack', { names: factor }) : t('settings.sign_in.lack_none')]
      : []),
    ...(rules.only && !before.only
      ? [other ? t('settings.sign_in.out', { names: other, name }) : t('settings.sign_in.out_none', { name })]
      : []),
  ]
  return lines.length === 0 ? (
    <p>{t('settings.sign_in.nobody')}</p>
  ) : (
    lines.map((line) => <p key={line}>{line}</p>)
  )
}
