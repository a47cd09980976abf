/**
 * The table that filters are tried on: documents whose columns are near misses of each other.
 *
 * @module
 */
import fc from 'fast-check'
import {
  type AuthorizationRequest,
  type ContextEntries,
  type FilterQuery,
  type ResourceFacts,
  requestContext,
  resourceTagEntries,
} from '../../src/index.js'

export interface Documents {
  readonly n: number
  readonly folder_id: string
  readonly id: string
  readonly tag_team: string | null
  readonly tag_owner: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly kind: string
  readonly label: string | null
  readonly parent: string | null
  readonly pages: number | null
  readonly bytes: string | null
  readonly price: string | null
  readonly published: boolean | null
  readonly created: Date | null
}

export const FOLDERS = [
  'f1',
  'f2',
  'f12',
  'F1',
  'a_b',
  'axb',
  'a%b',
  'a\\b',
  'é',
  "f'1",
  'ab',
] as const
export const DOCUMENTS = [
  'd1',
  'd2',
  'd12',
  'D1',
  'd_1',
  'd%',
  'd\\',
  'aba',
  'x y',
  '1',
  'f1',
] as const
export const TEXTS = [
  '',
  'eng',
  'ops',
  'Eng',
  'ENG',
  'eng-eu',
  'e_g',
  'e%g',
  'e\\g',
  'true',
  'False',
  'k',
  '\u212a',
  'é',
  'e\u0301',
  '😀',
  'e😀g',
  '*',
  'e*g',
  'f1',
  'arn:aws:docs::acme:folder/f1',
  'arn:aws:docs::acme:folder/f2',
  ' eng',
  'null',
] as const
const PAGES = [0, 1, 9, 10, 11, 99, 100, 101, -1, -10, 2147483647, -2147483648] as const
const BYTES = [
  '0',
  '10',
  '11',
  '9007199254740992',
  '9007199254740993',
  '-9223372036854775808',
] as const
const PRICES = ['0', '0.1', '0.10', '10', '10.000', '9.999', '-0.5', '99999999999.9999'] as const
const DATES = [
  '2024-01-01T00:00:00.000Z',
  '2023-12-31T23:59:59.999Z',
  '2024-01-01T00:00:00.001Z',
  '2024-06-30T12:00:00.000Z',
  '1970-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
] as const

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 4 })

export const anyDocument: fc.Arbitrary<Omit<Documents, 'n'>> = fc.record({
  folder_id: fc.constantFrom(...FOLDERS),
  id: fc.constantFrom(...DOCUMENTS),
  tag_team: maybe(TEXTS),
  tag_owner: maybe(TEXTS),
  tags: fc.dictionary(fc.constantFrom('class', 'stage'), fc.constantFrom(...TEXTS)),
  kind: fc.constantFrom(...TEXTS),
  label: maybe(TEXTS),
  parent: maybe(TEXTS),
  pages: maybe(PAGES),
  bytes: maybe(BYTES),
  price: maybe(PRICES),
  published: maybe([true, false]),
  created: fc.option(
    fc.constantFrom(...DATES).map((text) => new Date(text)),
    { freq: 4 },
  ),
})

export const TEMPLATE = 'arn:aws:docs::acme:folder/{folderId}/document/{documentId}'

export const RESOURCE_KEYS: NonNullable<FilterQuery['resourceKeys']> = {
  'docs:Kind': { type: 'String', required: true },
  'docs:Label': 'String',
  'docs:Parent': 'ARN',
  'docs:Pages': 'Numeric',
  'docs:Bytes': 'Numeric',
  'docs:Price': 'Numeric',
  'docs:Published': 'Bool',
  'docs:Created': 'Date',
}

/** What a row says of its document. */
export function factsOf(row: Omit<Documents, 'n'>): ResourceFacts {
  const { tag_team: team, tag_owner: owner, tags } = row
  return {
    params: { folderId: row.folder_id, documentId: row.id },
    // Another spelling than the policies', since the keys of tags have no case.
    tags: { ...(team !== null && { Team: team }), ...(owner !== null && { owner }), ...tags },
    keys: {
      'docs:Kind': row.kind,
      'docs:Label': row.label,
      'docs:Parent': row.parent,
      'docs:Pages': row.pages,
      'docs:Bytes': row.bytes,
      'docs:Price': row.price,
      'docs:Published': row.published,
      'docs:Created': row.created,
    },
  }
}

/** The question that a filter answers, asked about one row. */
export function requestAbout(query: FilterQuery, facts: ResourceFacts): AuthorizationRequest {
  const { folderId, documentId } = facts.params
  return {
    ...query,
    resource: query.resource
      .replace('{folderId}', () => String(folderId))
      .replace('{documentId}', () => String(documentId)),
    context: requestContext({
      ...(query.context as ContextEntries),
      ...facts.keys,
      ...resourceTagEntries(facts.tags ?? {}),
    }),
  }
}
