/** A QR code, drawn here: what is in it leaves the page by no other way. */
import { useMemo } from 'react'
import { encode } from 'uqr'

/** Modules of white around it (ISO/IEC 18004 §9.1). */
const quietZone = 4

export function Qr(props: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(props.text, { ecc: 'M', border: quietZone })
    const dark = code.data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
    return { size: code.size, path: dark.join('') }
  }, [props.text])
  return (
    <svg
      className="qr"
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  )
}
