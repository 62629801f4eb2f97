/**
 * States one below the other in the firm's own order, with how many matters stand in each, and arcs to what may follow:
 * on the right those that go on, on the left those that go back. The state that is pointed at, or has the focus, shows
 * its own arcs alone.
 */
import { VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import type { Schemas } from '../api/client.ts'
import { readable, useWords } from '../words/index.ts'

type State = Schemas['FirmState']

const rowHeight = 46
/** Room for arcs on either side of the names, in pixels. */
const margin = { left: 74, right: 150 }
const nameWidth = 250
const width = margin.left + nameWidth + margin.right

interface Arc {
  from: string
  to: string
  path: string
}

export function arcsOf(states: readonly Pick<State, 'key' | 'next'>[]): Arc[] {
  const place = new Map(states.map(({ key }, index) => [key, index]))
  return states.flatMap(({ key, next }, from) =>
    next.flatMap((other): Arc[] => {
      const to = place.get(other)
      if (to === undefined) return []
      const onward = to > from
      const side = onward ? margin.left + nameWidth : margin.left
      // The further apart, the wider; the widest still fits.
      const reach = Math.min(onward ? margin.right - 14 : margin.left - 14, 16 + Math.abs(to - from) * 13)
      const bend = onward ? side + reach : side - reach
      const [a, b] = [middle(from) + (onward ? 6 : -6), middle(to) + (onward ? -6 : 6)]
      return [{ from: key, to: other, path: `M ${side} ${a} C ${bend} ${a}, ${bend} ${b}, ${side} ${b}` }]
    }),
  )
}
const middle = (index: number) => index * rowHeight + rowHeight / 2

export function StateDiagram({ states }: { states: readonly State[] }) {
  const { t } = useWords()
  const [shown, setShown] = useState<string | null>(null)
  const most = Math.max(1, ...states.map((state) => state.matters))
  const arcs = arcsOf(states)
  const follows = (state: State) =>
    state.next.length === 0
      ? t('states.ends')
      : t('states.follows', { states: state.next.map(readable).join(', ') })
  const about = states.find((state) => state.key === shown)
  return (
    <figure className="diagram" aria-label={t('states.diagram')}>
      <div className="diagram-scroll">
        <div className="diagram-inner" style={{ width, height: states.length * rowHeight }}>
          <svg
            width={width}
            height={states.length * rowHeight}
            viewBox={`0 0 ${width} ${states.length * rowHeight}`}
            aria-hidden
          >
            <defs>
              <marker
                id="arrow"
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
              >
                <path d="M 0 0 L 8 4 L 0 8 z" className="diagram-tip" />
              </marker>
            </defs>
            {arcs.map((arc) => (
              <path
                key={`${arc.from} ${arc.to}`}
                d={arc.path}
                className="diagram-arc"
                data-shown={shown === arc.from || undefined}
                data-faded={(shown !== null && shown !== arc.from) || undefined}
                markerEnd={shown === arc.from ? 'url(#arrow)' : undefined}
              />
            ))}
          </svg>
          <ol className="diagram-states" style={{ left: margin.left, width: nameWidth }}>
            {states.map((state) => (
              <li
                key={state.key}
                className="diagram-row"
                style={{ height: rowHeight }}
                onMouseEnter={() => setShown(state.key)}
                onMouseLeave={() => setShown(null)}
              >
                <button
                  type="button"
                  className="diagram-state"
                  data-next={
                    (shown !== null && states.find((s) => s.key === shown)?.next.includes(state.key)) ||
                    undefined
                  }
                  onFocus={() => setShown(state.key)}
                  onBlur={() => setShown(null)}
                >
                  <span className="diagram-bar" style={{ width: `${(state.matters / most) * 100}%` }} />
                  <span className="diagram-name">
                    {state.initial && <span aria-hidden>▸ </span>}
                    {readable(state.key)}
                  </span>
                  <span className="diagram-count">
                    {state.matters}
                    <VisuallyHidden>
                      {`, ${t('states.matters', { count: state.matters })}; ${state.initial ? `${t('states.begins')}; ` : ''}${follows(state)}`}
                    </VisuallyHidden>
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </div>
      </div>
      <figcaption className="diagram-about" aria-live="polite">
        {about ? (
          <About state={about} follows={follows(about)} />
        ) : (
          <p className="dim">{t('states.point')}</p>
        )}
      </figcaption>
    </figure>
  )
}

function About({ state, follows }: { state: State; follows: string }) {
  const { t } = useWords()
  return (
    <>
      <h3>{readable(state.key)}</h3>
      <p>{t('states.matters', { count: state.matters })}</p>
      {state.initial && <p>{t('states.begins')}</p>}
      <p>{follows}</p>
      {state.raw.length > 0 && <p className="dim">{t('states.names', { names: state.raw.join(' · ') })}</p>}
      {Object.entries(state.words).map(([language, words]) => (
        <p key={language} className="dim" lang={language}>
          {language.toUpperCase()}: {words}
        </p>
      ))}
    </>
  )
}
