/** Why something was refused: which statement wanted which value of which key. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { LookedAt, Problem } from './api.js'
import { type Reason, reasonsOf } from './reasons.js'

export function Denial({ problem }: { readonly problem: Problem }): ReactNode {
  const { title, status, detail, explain = [] } = problem
  const reasons = reasonsOf(explain)
  const place = useRef<HTMLElement>(null)
  // Who pressed a button further down must not miss the answer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each problem
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  return (
    <section role="alert" className="denial" ref={place}>
      <h3>{title}</h3>
      <p>{because(detail)}</p>
      {reasons.map((reason) => (
        <ReasonTable key={`${reason.policy} ${reason.statement}`} reason={reason} />
      ))}
      {explain.length > 0 ? (
        <>
          <AllStatements explain={explain} />
          <details>
            <summary>In AWS’s words</summary>
            <p className="words">{detail}</p>
          </details>
        </>
      ) : (
        status === 403 && <p>Why, only callers of the folder’s own account are told.</p>
      )}
    </section>
  )
}

/** The end of AWS's sentence: the beginning names caller and resource, which the page shows already. */
function because(detail: string): string {
  const [, word, reason = ''] = /(because|with) (.*)$/s.exec(detail) ?? []
  if (word === undefined) return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`
  if (word === 'with') return `There is ${reason}.`
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
}

function ReasonTable({ reason }: { readonly reason: Reason }): ReactNode {
  const { statement, policy, effect, facts } = reason
  return (
    <figure>
      <figcaption>
        <code>{statement}</code> in <code>{policy}</code>{' '}
        {effect === 'Deny' ? 'denies it:' : 'would allow it, but:'}
      </figcaption>
      <table>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Is</th>
            <th scope="col">{effect === 'Deny' ? 'Denied by' : 'Wanted'}</th>
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
                <small>{operator}</small> {wanted}
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
