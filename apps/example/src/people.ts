/**
 * The people of the example: everybody who can sign in.
 *
 * Shape   by first name. A role decides which policies apply, tags are what the policies compare.
 * Errors  None.
 *
 * @module
 */

export interface Person {
  readonly name: string
  /** The account of the person's company. */
  readonly account: 'acme' | 'globex'
  readonly role: string
  readonly tags: Readonly<Record<string, string>>
}

const everybody: readonly Person[] = [
  { name: 'ada', account: 'acme', role: 'author', tags: { team: 'engineering' } },
  { name: 'finn', account: 'acme', role: 'author', tags: { team: 'finance' } },
  {
    name: 'mona',
    account: 'acme',
    role: 'author',
    tags: { team: 'engineering', clearance: 'secret' },
  },
  {
    name: 'rita',
    account: 'acme',
    role: 'reviewer',
    tags: { team: 'compliance', clearance: 'secret' },
  },
  { name: 'carl', account: 'acme', role: 'contractor', tags: { team: 'engineering' } },
  { name: 'gina', account: 'globex', role: 'partner', tags: {} },
  { name: 'gus', account: 'globex', role: 'trainee', tags: {} },
]

export const people: ReadonlyMap<string, Person> = new Map(
  everybody.map((person) => [person.name, person]),
)
