/** Whoever has signed in; language and appearance; the way out. */
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconFingerprint, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Me, signOut } from '../api/session.ts'
import { useTellProblem } from '../parts/problem.tsx'
import { chooseLanguage, languages, useWords } from '../words/index.ts'

const schemes = [
  ['auto', 'system'],
  ['light', 'light'],
  ['dark', 'dark'],
] as const

export function Account({ me, help }: { me: Me | undefined; help: () => void }) {
  const { t, language } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const queries = useQueryClient()
  const go = useNavigate()
  const tell = useTellProblem()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await go({ to: '/sign-in', search: {} })
      queries.clear()
    },
    onError: tell,
  })
  const mark = (on: boolean) => (on ? <IconCheck size={14} aria-hidden /> : <span className="menu-blank" />)
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="dimmed"
          radius="xl"
          size={36}
          aria-label={t('account.menu')}
        >
          <IconUserCircle size={24} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me && (
          <div className="menu-me">
            <p className="strong">{me.name}</p>
            <p className="dim">{me.email}</p>
          </div>
        )}
        <Menu.Item
          leftSection={<IconFingerprint size={16} aria-hidden />}
          onClick={() => void go({ to: '/account' })}
        >
          {t('account.yours')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('account.language')}</Menu.Label>
        {languages.map(({ value, label }) => (
          <Menu.Item
            key={value}
            lang={value}
            leftSection={mark(language === value)}
            onClick={() => chooseLanguage(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Label>{t('account.scheme')}</Menu.Label>
        {schemes.map(([value, word]) => (
          <Menu.Item
            key={value}
            leftSection={mark(colorScheme === value)}
            onClick={() => setColorScheme(value)}
          >
            {t(`account.${word}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={help}>
          {t('account.keys')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => leave.mutate()}>
          {t('account.sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
