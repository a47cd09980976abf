/**
 * What the example prints around and during its tour.
 *
 * Errors  None.
 *
 * @module
 */
import type { Authority } from '../authority/authority.js'
import { type Person, people } from '../people.js'
import type { Style } from './terminal.js'
import type { Visit } from './tour.js'

export function renderPeople({ strong, dim }: Style): string {
  const lines = [...people.values()].map(({ name, company, role, tags }) => {
    const tagText = Object.entries(tags).map(([key, value]) => `${key}=${value}`)
    return `  ${name.padEnd(6)}${company.padEnd(8)}${role.padEnd(12)}${dim(tagText.join('  '))}`.trimEnd()
  })
  return [strong('People, with their company, role and tags'), ...lines].join('\n')
}

/** Who calls and what, then the answer and why. */
export function renderVisit({ number, step, status, why }: Visit, style: Style): string {
  const { strong, dim, good, bad } = style
  const { says, name = 'nobody', method, path, body } = step
  const sent = body === undefined ? '' : `  ${dim(JSON.stringify(body))}`
  const paint = status < 400 ? good : bad
  const unexpected = status === step.status ? [] : [bad(`expected ${step.status}`)]
  const [first = '', ...rest] = [...unexpected, ...why]
  return [
    `${String(number).padStart(2)}  ${strong(says)}`,
    `    ${name.padEnd(6)}  ${method} ${path}${sent}`,
    `    ${paint(String(status).padEnd(6))}  ${first}`.trimEnd(),
    ...rest.map((line) => `            ${line}`),
  ].join('\n')
}

/** Lines to paste: tokens as shell variables, and calls that use them. */
export async function renderInvitation(
  { url, signIn }: { readonly url: string; readonly signIn: Authority['signIn'] },
  style: Style,
): Promise<string> {
  const named = ['ada', 'rita', 'gina'].flatMap((name) => people.get(name) ?? [])
  const tokens = await Promise.all(
    named.map(async (person: Person) => `${person.name}=${(await signIn(person)).token}`),
  )
  const call = (name: string, rest: string) =>
    `curl -sw '\\n' -H "authorization: Bearer $${name}" ${url}${rest}`
  return [
    style.strong('Try it: paste the tokens, then call'),
    '',
    ...tokens,
    '',
    call('ada', '/folders/roadmap/documents/plan'),
    call('ada', '/folders/ledger/documents/salaries'),
    call('ada', '/folders/roadmap/documents/acquisition'),
    call('rita', '/folders/roadmap/documents/acquisition'),
    call('gina', '/folders/partners/documents'),
    call('rita', '/shadow-report'),
    '',
    style.dim(`Anybody else's token: curl -s -X POST ${url}/sign-in/finn`),
    style.dim(
      'The local issuer asks for no password. It belongs to this example, not to production.',
    ),
  ].join('\n')
}
