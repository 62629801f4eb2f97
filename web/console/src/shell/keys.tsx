/** Keys that work on every page, and the list of all of them. */
import { Kbd, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { neighbour } from '../parts/rows.tsx'
import { useWords } from '../words/index.ts'
import { places } from './navigation.ts'
import { searchBoxId } from './search.tsx'
import { stopButtonId } from './stop.tsx'

/** How long the G of "G then D" waits for its second letter. */
const patience = 1_200

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

function step(by: 1 | -1): void {
  const here = document.activeElement?.closest('[data-row]')
  const next = here ? neighbour(here, by) : document.querySelector<HTMLElement>('[data-row]')
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

export function Keys({ help, setHelp }: { help: boolean; setHelp: (open: boolean) => void }) {
  const go = useNavigate()
  const began = useRef(0)
  useEffect(() => {
    const search = () => {
      const box = document.getElementById(searchBoxId) as HTMLInputElement | null
      box?.focus()
      box?.select()
    }
    const pressed = (event: KeyboardEvent) => {
      const { key } = event
      if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k') {
        event.preventDefault()
        return search()
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (key === 'Escape' && document.activeElement?.id === searchBoxId)
        return (document.activeElement as HTMLElement).blur()
      if (typing(event.target) || document.querySelector('[role="dialog"]')) return
      if (event.timeStamp - began.current < patience) {
        began.current = Number.NEGATIVE_INFINITY
        const place = places.find((one) => one.key === key)
        if (place) {
          event.preventDefault()
          void go({ to: place.to })
        }
        return
      }
      const deeds: Record<string, () => void> = {
        '/': search,
        '?': () => setHelp(true),
        g: () => {
          began.current = event.timeStamp
        },
        j: () => step(1),
        k: () => step(-1),
        s: () => document.getElementById(stopButtonId)?.click(),
      }
      const deed = deeds[key]
      if (!deed) return
      event.preventDefault()
      deed()
    }
    began.current = Number.NEGATIVE_INFINITY
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [go, setHelp])
  return help ? <KeyList close={() => setHelp(false)} /> : null
}

function KeyList({ close }: { close: () => void }) {
  const { t } = useWords()
  const lines: [readonly string[], string][] = [
    [['/'], t('keys.search')],
    [['?'], t('keys.help')],
    [['s'], t('keys.stop')],
    [['j'], t('keys.next')],
    [['k'], t('keys.previous')],
    [['Enter'], t('keys.open')],
    [['x'], t('keys.select')],
    [['r'], t('keys.replay')],
    [['e'], t('keys.close')],
    ...places.map((place): [readonly string[], string] => [
      ['g', place.key],
      t('keys.go', { where: t(`nav.${place.word}`) }),
    ]),
  ]
  return (
    <Modal
      opened
      onClose={close}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('stop.cancel') }}
    >
      <dl className="key-list">
        {lines.map(([keys, what]) => (
          <div key={keys.join()}>
            <dt>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && <span className="dim"> {t('keys.and_then')} </span>}
                  <Kbd>{key}</Kbd>
                </span>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
