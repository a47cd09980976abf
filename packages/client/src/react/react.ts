/**
 * Showing and hiding in React. **For display only: a guard on the server decides.**
 *
 * Shape   a provider holds one caller's `Can`; `useCan` answers by it, `Can` shows by it; `useSnapshot` keeps it up to date.
 * Errors  `Error` from `useCan` and `Can` outside of a provider.
 *
 * @module
 */
import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useState,
} from 'react'
import type { CanAnswer, CanFacts, Can as CanQuestion } from '../can/can.js'
import type { CanSnapshot } from '../can/can-snapshot.js'
import { followSnapshot, type LoadSnapshot } from '../can/follow-snapshot.js'

const Context = createContext<CanQuestion | undefined>(undefined)

export interface CanProviderProps {
  /** From `createCan`. */
  readonly can: CanQuestion
  readonly children?: ReactNode
}

export function CanProvider({ can, children }: CanProviderProps): ReactNode {
  return createElement(Context.Provider, { value: can }, children)
}

/**
 * The question, for the caller of the nearest provider.
 *
 * @example
 * ```tsx
 * const can = useCan()
 * <button disabled={can('docs:DeleteDocument', document.arn) === 'no'}>Delete</button>
 * ```
 */
export function useCan(): CanQuestion {
  const can = useContext(Context)
  if (can) return can
  throw new Error('useCan: there is no <CanProvider> above this component')
}

export interface UseSnapshotOptions {
  /** The same function from one rendering to the next: `useCallback`. */
  readonly load: LoadSnapshot
  /** Milliseconds. Absent: 5,000. */
  readonly every?: number
}

/**
 * The caller's snapshot as it is now: `first`, until the app's server has another.
 *
 * @example
 * ```tsx
 * const snapshot = useSnapshot(session.snapshot, { load })
 * const can = useMemo(() => createCan(snapshot), [snapshot])
 * ```
 */
export function useSnapshot(first: CanSnapshot, { load, every }: UseSnapshotOptions): CanSnapshot {
  // Kept with the one that it follows, so that nobody is shown by what another caller may do.
  const [latest, setLatest] = useState({ first, snapshot: first })
  useEffect(() => {
    const onChange = (snapshot: CanSnapshot) => setLatest({ first, snapshot })
    return followSnapshot({ first, load, onChange, every })
  }, [first, load, every])
  return latest.first === first ? latest.snapshot : first
}

export interface CanProps {
  readonly action: string
  readonly resource: string
  readonly facts?: CanFacts
  /** Shown for `no`. Absent: nothing. */
  readonly otherwise?: ReactNode
  /** Shown for `unknown`. Absent: as for `yes`, since the server decides. */
  readonly unknown?: ReactNode
  readonly children?: ReactNode
}

/** Shows its children where the answer is yes. */
export function Can({
  action,
  resource,
  facts,
  otherwise,
  unknown,
  children,
}: CanProps): ReactNode {
  const shown: Readonly<Record<CanAnswer, ReactNode>> = {
    yes: children,
    no: otherwise,
    unknown: unknown === undefined ? children : unknown,
  }
  return shown[useCan()(action, resource, facts)]
}
