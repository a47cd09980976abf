/**
 * What people of the example read on a working day, over HTTP, for some days. In shadow mode all of it is
 * answered, and the report says what the policies would have refused.
 *
 * Shape   nothing is changed, so that the days can come again.
 * Errors  what `fetch` says where the server cannot be reached.
 *
 * @module
 */
import type { Authority } from '../authority/authority.js'
import { people } from '../people.js'

/** Who reads what. Most of it the policies allow. */
const DAY: readonly (readonly [name: string, ...paths: readonly string[]])[] = [
  ['ada', '/folders', '/folders/roadmap/documents', '/folders/roadmap/documents/plan'],
  // Secret: the policies will keep it from her.
  ['ada', '/folders/roadmap/documents/acquisition'],
  ['mona', '/folders/roadmap/documents', '/folders/roadmap/documents/acquisition'],
  ['rita', '/folders', '/folders/ledger/documents', '/folders/roadmap/documents/acquisition'],
  ['carl', '/folders/partners/documents', '/folders/partners/documents/welcome'],
  ['finn', '/folders', '/folders/ledger/documents', '/folders/ledger/documents/salaries'],
  // Finance budgets by the plan of engineering, which no policy says.
  ['finn', '/folders/roadmap/documents/plan'],
  [
    'gina',
    '/folders/partners',
    '/folders/partners/documents',
    '/folders/partners/documents/welcome',
  ],
  ['gus', '/folders/partners/documents/welcome'],
]

export interface Reading {
  readonly name: string
  readonly path: string
  readonly status: number
}

export async function* readOnWorkingDays(
  { url, signIn }: { readonly url: string; readonly signIn: Authority['signIn'] },
  days: number,
): AsyncGenerator<Reading> {
  for (let day = 0; day < days; day += 1) {
    for (const [name, ...paths] of DAY) {
      const person = people.get(name)
      if (!person) throw new Error(`nobody is called ${name}`)
      const headers = { authorization: `Bearer ${(await signIn(person)).token}` }
      for (const path of paths) {
        const response = await fetch(`${url}${path}`, { headers })
        await response.arrayBuffer()
        yield { name, path, status: response.status }
      }
    }
  }
}
