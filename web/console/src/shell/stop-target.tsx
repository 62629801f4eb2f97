/** Whom the page is about, so that the red button stops that one first. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

export interface StopTarget {
  scope: 'client' | 'matter'
  id: string
  name: string
}

const Targets = createContext<{
  targets: readonly StopTarget[]
  setTargets: (targets: readonly StopTarget[]) => void
}>({ targets: [], setTargets: () => {} })

export function StopTargets({ children }: { children: ReactNode }) {
  const [targets, setTargets] = useState<readonly StopTarget[]>([])
  return <Targets value={{ targets, setTargets }}>{children}</Targets>
}

export const useStopTargets = () => useContext(Targets).targets

/** @param targets the page's, the nearest first; compared by their ids */
export function useTellStopTargets(targets: readonly StopTarget[]): void {
  const { setTargets } = useContext(Targets)
  const key = JSON.stringify(targets)
  useEffect(() => {
    setTargets(JSON.parse(key) as StopTarget[])
    return () => setTargets([])
  }, [key, setTargets])
}
