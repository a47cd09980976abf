/** A button that says what the caller's policies make of it. **It hides nothing that the server would not refuse.** */
import type { CanFacts } from '@iamkit/client'
import { useCan } from '@iamkit/client/react'
import type { ReactNode } from 'react'

interface GuardedButtonProps {
  readonly action: string
  readonly resource: string
  readonly facts: CanFacts
  /** What it does, for those who hear the page. */
  readonly label: string
  /** Absent: it submits its form. */
  readonly onClick?: () => void
  readonly children: ReactNode
}

const VERDICTS = { yes: undefined, no: 'not yours to do', unknown: 'the server decides' } as const

export function GuardedButton(props: GuardedButtonProps): ReactNode {
  const { action, resource, facts, label, onClick, children } = props
  const answer = useCan()(action, resource, facts)
  const verdict = VERDICTS[answer]
  return (
    <button
      type={onClick ? 'button' : 'submit'}
      data-can={answer}
      aria-label={verdict ? `${label} (${verdict})` : label}
      title={verdict ? `${action}: ${verdict}. Try it, and see why.` : action}
      onClick={onClick}
    >
      {children}
      {verdict && <small>{verdict}</small>}
    </button>
  )
}
