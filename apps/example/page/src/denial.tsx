/** Why something was refused: which statement wanted which value of which key. */
import type { CanSnapshot } from '@iamkit/client'
import type { ReactNode } from 'react'
import type { LookedAt, Problem } from './api.js'
import { type Reason, reasonsOf } from './reasons.js'

interface DenialProps {
  readonly problem: Problem
  readonly snapshot?: CanSnapshot
}

export function Denial({ problem, snapshot }: DenialProps): ReactNode {
  const { title, detail, explain = [] } = problem
  const reasons = reasonsOf(explain, snapshot)
  return (
    <section role="alert" className="denial">
      <h3>{title}</h3>
      <p>{because(detail)}</p>
      {reasons.map((reason) => (
        <ReasonTable key={`${reason.policy} ${reason.statement}`} reason={reason} />
      ))}
      {explain.length > 0 && <AllStatements explain={explain} />}
      <details>
        <summary>In AWS’s words</summary>
        <p className="words">{detail}</p>
      </details>
    </section>
  )
}

/** The end of AWS's sentence: the beginning names caller and resource, which the page shows already. */
function because(detail: string): string {
  const [, reason] = /(?:because|with) (.*)$/s.exec(detail) ?? []
  return reason === undefined ? detail : `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
}

function ReasonTable({ reason }: { readonly reason: Reason }): ReactNode {
  const { statement, policy, effect, facts } = reason
  return (
    <figure>
      <figcaption>
        <code>{statement}</code> in <code>{policy}</code>{' '}
        {effect === 'Deny' ? 'denies it where' : 'would allow it, but wants'}
      </figcaption>
      <table>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Is</th>
            <th scope="col">{effect === 'Deny' ? 'Denied where' : 'Wanted'}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ operator, key, is, wanted }) => (
            <tr key={`${operator} ${key}`}>
              <th scope="row">
                <code>{key}</code>
              </th>
              <td>{is}</td>
              <td>
                {wanted} <small>{operator}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

function AllStatements({ explain }: { readonly explain: readonly LookedAt[] }): ReactNode {
  return (
    <details>
      <summary>All {explain.length} statements that were looked at</summary>
      <ul>
        {explain.map(({ policy, statement, effect, applies, unmet }) => (
          <li key={`${policy} ${statement}`}>
            <code>{statement}</code> ({effect}):{' '}
            {applies ? 'applies' : unmet ? 'a condition is not met' : 'is about something else'}
          </li>
        ))}
      </ul>
    </details>
  )
}
