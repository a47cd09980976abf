/**
 * Decision cases: policies, a request, and the answer that any engine must give.
 *
 * Shape   a file is a list of cases, or an object with `cases` and perhaps `derivedContext`
 *         (`iamkit-conformance/1`). Fields that are not named here are free text.
 * Errors  {@link CaseError} (`ERR_CASE_INVALID`) from {@link parseCaseFile}.
 * Source  Specification, section 8.
 *
 * @module
 */
import { deriveContext } from './derived-context.js'
import { CaseError } from './errors.js'
import { isObject, listAt, objectAt, oneOf, parseJson, stringAt } from './json-shape.js'
import type { DocumentSet, ReferenceRequest } from './reference/document-set.js'

const ANSWERS = ['Allow', 'ExplicitDeny', 'ImplicitDeny'] as const
const EXPECTATIONS = [...ANSWERS, 'Deny'] as const
const PRINCIPAL_TYPES = [
  'user',
  'role-session',
  'federated-user',
  'root',
  'service',
  'anonymous',
  'federated-caller',
] as const

export type Answer = (typeof ANSWERS)[number]

export interface Case {
  /** Stable and unique. */
  readonly id: string
  readonly title: string
  /** The context is complete: derived keys are in it. */
  readonly request: ReferenceRequest
  readonly policies: DocumentSet
  /** `Deny`: either denial will do. */
  readonly expect: Answer | 'Deny'
  /** Why the expectation is in doubt. Such a case never counts against an engine. */
  readonly disputed?: string
  /** In a disputed case: what AWS documents. */
  readonly documented?: Answer | 'Deny'
}

/** Reads the cases of a file's text; the name is for messages. */
export function parseCaseFile(text: string, name: string): readonly Case[] {
  return casesIn(parseJson(text, name), name)
}

/** Reads the cases of a file's JSON. Derived keys are added unless the file says that it has them. */
export function casesIn(content: unknown, name: string): readonly Case[] {
  const file = isObject(content) ? content : { cases: content }
  const derives = file['derivedContext'] !== false
  const cases = listAt(file['cases'], `${name}: cases`).map((one, index) =>
    parseCase(one, `${name}: case ${index}`, derives),
  )
  const ids = new Set<string>()
  for (const { id } of cases) {
    if (ids.has(id)) throw new CaseError(name, `two cases have the id \`${id}\``)
    ids.add(id)
  }
  return cases
}

function parseCase(value: unknown, place: string, derives: boolean): Case {
  const fields = objectAt(value, place)
  const id = stringAt(fields['id'], `${place}: id`)
  const at = (field: string): string => `${place} (${id}): ${field}`
  const { disputed, documented } = fields
  const request = parseRequest(fields['request'], at('request'))
  return {
    id,
    title: stringAt(fields['title'], at('title')),
    request: derives ? { ...request, context: deriveContext(request) } : request,
    policies: objectAt(fields['policies'], at('policies')) as DocumentSet,
    expect: oneOf(fields['expect'], EXPECTATIONS, at('expect')),
    ...(disputed !== undefined && { disputed: stringAt(disputed, at('disputed')) }),
    ...(documented !== undefined && {
      documented: oneOf(documented, EXPECTATIONS, at('documented')),
    }),
  }
}

/** What is checked is what every engine reads; the rest of a request is passed on as it stands. */
function parseRequest(value: unknown, place: string): ReferenceRequest {
  const request = objectAt(value, place)
  const principal = objectAt(request['principal'], `${place}.principal`)
  oneOf(principal['type'], PRINCIPAL_TYPES, `${place}.principal.type`)
  for (const field of ['action', 'resource', 'resourceAccount']) {
    stringAt(request[field], `${place}.${field}`)
  }
  const context = objectAt(request['context'] ?? {}, `${place}.context`)
  for (const [key, entry] of Object.entries(context)) {
    for (const one of Array.isArray(entry) ? entry : [entry]) {
      stringAt(one, `${place}.context[${key}]`)
    }
  }
  return { ...request, context } as ReferenceRequest
}
