/** Taking a piece of the configuration away: asked once, with a reason that its history keeps. */
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { useWords } from '../words/index.ts'
import { Ask } from './ask.tsx'
import { useDeed } from './deed.ts'
import { Problem } from './problem.tsx'

/**
 * @param props.name as people call it
 * @param props.usedBy what names it: these go first
 * @param props.to the list it was in
 */
export function Remove(props: {
  name: string
  usedBy: readonly string[]
  act: (reason: string) => Promise<Schemas['Removed']>
  touches: readonly (readonly unknown[])[]
  to: '/rules' | '/templates'
  done: () => void
}) {
  const { t } = useWords()
  const go = useNavigate()
  const [asking, setAsking] = useState(false)
  const remove = useDeed({
    act: props.act,
    touches: props.touches,
    explains: true,
    said: () => ({ title: t('removing.done', { name: props.name }) }),
  })
  return (
    <section className="part" aria-label={t('removing.title')}>
      <p className="dim">
        {props.usedBy.length > 0
          ? t('removing.used', { names: props.usedBy.join(', ') })
          : t('removing.hint')}
      </p>
      {remove.error && <Problem error={remove.error} />}
      <p>
        <Button variant="default" disabled={props.usedBy.length > 0} onClick={() => setAsking(true)}>
          {t('removing.title')}
        </Button>
      </p>
      {asking && (
        <Ask
          title={t('removing.ask', { name: props.name })}
          label={t('removing.why')}
          submit={t('removing.submit')}
          busy={remove.isPending}
          close={() => setAsking(false)}
          answer={(reason) =>
            // Its page is gone with it: what follows must not hang from this part of it.
            void remove.mutateAsync(reason).then(
              () => {
                props.done()
                void go({ to: props.to })
              },
              () => setAsking(false),
            )
          }
        />
      )}
    </section>
  )
}
