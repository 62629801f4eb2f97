/** Pages for what went wrong with a page. */
import { Button } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { useWords } from '../words/index.ts'
import { Calm } from './calm.tsx'

export function PageBroke({ reset }: ErrorComponentProps) {
  const { t } = useWords()
  return (
    <Calm title={t('problem.page')} hint={t('problem.page_hint')}>
      <Button variant="default" onClick={reset}>
        {t('problem.again')}
      </Button>
    </Calm>
  )
}

export function NoSuchPage() {
  const { t } = useWords()
  return (
    <Calm title={t('problem.nowhere')}>
      <Link to="/">{t('problem.home')}</Link>
    </Calm>
  )
}
