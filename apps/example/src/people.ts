/**
 * The people of the example: everybody who can sign in.
 *
 * Shape   by first name. A role decides which policies apply, tags are what the policies compare.
 * Errors  None.
 *
 * @module
 */

import { ACME, GLOBEX } from './docs.js'

export interface Person {
  readonly name: string
  readonly company: 'acme' | 'globex'
  /** The number of the company's account. */
  readonly account: string
  readonly role: string
  readonly tags: Readonly<Record<string, string>>
}

const everybody: readonly Person[] = [
  { name: 'ada', company: 'acme', account: ACME, role: 'author', tags: { team: 'engineering' } },
  { name: 'finn', company: 'acme', account: ACME, role: 'author', tags: { team: 'finance' } },
  {
    name: 'mona',
    company: 'acme',
    account: ACME,
    role: 'author',
    tags: { team: 'engineering', clearance: 'secret' },
  },
  {
    name: 'rita',
    company: 'acme',
    account: ACME,
    role: 'reviewer',
    tags: { team: 'compliance', clearance: 'secret' },
  },
  {
    name: 'carl',
    company: 'acme',
    account: ACME,
    role: 'contractor',
    tags: { team: 'engineering' },
  },
  { name: 'gina', company: 'globex', account: GLOBEX, role: 'partner', tags: {} },
  { name: 'gus', company: 'globex', account: GLOBEX, role: 'trainee', tags: {} },
]

export const people: ReadonlyMap<string, Person> = new Map(
  everybody.map((person) => [person.name, person]),
)
