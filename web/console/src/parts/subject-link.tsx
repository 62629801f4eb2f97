/** A way to the page of a client or a matter, wherever one is named. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

export const SubjectLink = (props: {
  scope: 'client' | 'matter'
  id: string
  className?: string
  children: ReactNode
  /** The key that follows it in a row of a list. */
  'data-key'?: string
}) => {
  const { scope, id, children, ...rest } = props
  return scope === 'client' ? (
    <Link to="/clients/$id" params={{ id }} {...rest}>
      {children}
    </Link>
  ) : (
    <Link to="/matters/$id" params={{ id }} {...rest}>
      {children}
    </Link>
  )
}
