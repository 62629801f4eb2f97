/** What whoever has signed in may do. */
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api/session.ts'

/** Buttons that would only be refused are not shown. */
export function useMay(right: 'read' | 'operate' | 'configure'): boolean {
  const { data } = useQuery({ ...meQuery, enabled: false })
  return data?.scopes.includes(right) ?? false
}
