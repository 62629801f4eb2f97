/** A drawing of figures as SVG, at the width there is: letters stay as large as those around them, on a phone too. */
import { useElementSize } from '@mantine/hooks'
import { useId } from 'react'
import type { Fill, Mark, Drawing as Shapes, Sheet } from '../../../../contracts/charts.ts'

const letter = 13
/** Until it is known how much room there is. */
const usual = 640

/** @param props.title read out in its place; the numbers stand in a table beside or behind it */
export function Drawing(props: { title: string; draw: (sheet: Sheet) => Shapes }) {
  const hatch = useId()
  const { ref, width } = useElementSize()
  const drawing = props.draw({ width: Math.floor(width) || usual, letter })
  return (
    <figure className="drawing" ref={ref}>
      <svg
        role="img"
        className="drawing-sheet"
        aria-label={props.title}
        width={drawing.width}
        height={drawing.height}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      >
        <defs>
          <pattern
            id={hatch}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="6" height="6" className="drawing-ground" />
            <rect width="3" height="6" className="drawing-solid" />
          </pattern>
        </defs>
        {drawing.marks.map((mark, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: marks have no other name
          <Shape key={index} mark={mark} hatch={hatch} />
        ))}
      </svg>
    </figure>
  )
}

const filled = (fill: Fill, hatch: string) =>
  fill === 'hatch'
    ? { fill: `url(#${hatch})`, className: 'drawing-edge' }
    : { className: fill === 'solid' ? 'drawing-solid' : 'drawing-empty' }

function Shape({ mark, hatch }: { mark: Mark; hatch: string }) {
  switch (mark.kind) {
    case 'bar': {
      // The edge lies inside, so that a bar is as long as its number.
      const inset = mark.fill === 'solid' ? 0 : 0.75
      return (
        <rect
          x={mark.x + inset}
          y={mark.y + inset}
          width={Math.max(0.5, mark.width - 2 * inset)}
          height={Math.max(0.5, mark.height - 2 * inset)}
          {...filled(mark.fill, hatch)}
        />
      )
    }
    case 'line':
      return (
        <polyline
          points={mark.points.map((point) => point.join(',')).join(' ')}
          className="drawing-line"
          strokeDasharray={mark.dashed ? '6 4' : undefined}
        />
      )
    case 'dot':
      return mark.shape === 'circle' ? (
        <circle cx={mark.x} cy={mark.y} r="3.5" className="drawing-solid" />
      ) : (
        <rect x={mark.x - 3} y={mark.y - 3} width="6" height="6" className="drawing-empty" />
      )
    case 'rule':
      return (
        <line
          x1={mark.x}
          x2={mark.x + mark.length}
          y1={mark.y}
          y2={mark.y}
          className={mark.strong ? 'drawing-base' : 'drawing-rule'}
        />
      )
    case 'text':
      return (
        <text
          x={mark.x}
          y={mark.y}
          textAnchor={mark.anchor}
          className={mark.dim ? 'drawing-dim' : 'drawing-text'}
        >
          {mark.text}
        </text>
      )
  }
}
