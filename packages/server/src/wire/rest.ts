/**
 * Methods and paths of restJson1: which operation they mean, what they carry, and where its output goes.
 *
 * Shape   `PUT /analyzer/{analyzerName} 200`. A label is one segment of the path and never empty; segments are parted before
 *         they are decoded, so that `%2F` stays inside its own. Of two routes that match, the one with the longer
 *         fixed beginning is meant.
 * Errors  {@link Fault}: `SerializationException` and `ValidationError`, as `json-input.ts`.
 *
 * @module
 */
import { invalid } from '../fault.js'
import type { ServiceModel } from '../model.js'
import { readMembers } from './json-input.js'
import { readJsonText, unreadable } from './json-text.js'
import { type Member, placesOf, type Structure, structureOf, type Type } from './structure.js'
import { readTime } from './text-value.js'

export interface Route {
  readonly operation: string
  readonly method: string
  readonly segments: readonly string[]
  readonly status: number
}

/** What of a request is bound to members. */
export interface RestRequest {
  readonly path: string
  readonly query: string
  readonly body: string
  readonly header: (name: string) => string | undefined
}

const known = new WeakMap<ServiceModel, readonly Route[]>()

export function findRoute(model: ServiceModel, method: string, path: string): Route | undefined {
  const segments = path.split('/')
  return routesOf(model).find(
    (route) =>
      route.method === method &&
      route.segments.length === segments.length &&
      route.segments.every((part, i) =>
        isLabel(part) ? segments[i] !== '' : part === segments[i],
      ),
  )
}

export function routeOf(model: ServiceModel, operation: string): Route | undefined {
  return routesOf(model).find((route) => route.operation === operation)
}

/** @param operation whose route the request matched */
export function readRestInput(
  model: ServiceModel,
  operation: string,
  request: RestRequest,
): Record<string, unknown> {
  const structure = structureOf(model, model.operations[operation]?.[0] ?? '')
  const input = readBody(model, structure, request.body)
  const labels = labelsOf(routeOf(model, operation), request.path)
  const query = valuesByName(request.query)
  for (const member of placesOf(structure).head) {
    const texts = textsOf(member, { request, labels, query })
    if (texts !== undefined) input[member.name] = readTexts(texts, member)
  }
  const [unknown] = [...query.keys()].filter((name) => !isOfSignature(name))
  if (unknown !== undefined) {
    throw invalid(`The parameter ${unknown.slice(0, 128)} is not known to this operation.`)
  }
  return input
}

function routesOf(model: ServiceModel): readonly Route[] {
  let routes = known.get(model)
  if (!routes) {
    routes = Object.entries(model.operations)
      .map(([operation, [, , http = '']]) => {
        const [method = '', path = '', status = '200'] = http.split(' ')
        return { operation, method, segments: path.split('/'), status: Number(status) }
      })
      .sort((a, b) => fixedLength(b) - fixedLength(a))
    known.set(model, routes)
  }
  return routes
}

function fixedLength({ segments }: Route): number {
  const label = segments.findIndex(isLabel)
  return label < 0 ? segments.length : label
}

function isLabel(part: string): boolean {
  return part.startsWith('{')
}

function labelsOf(route: Route | undefined, path: string): ReadonlyMap<string, string> {
  const segments = path.split('/')
  const labels = (route?.segments ?? []).flatMap((part, i) =>
    isLabel(part) ? [[part.slice(1, -1), decode(segments[i] ?? '')] as const] : [],
  )
  return new Map(labels)
}

function readBody(
  model: ServiceModel,
  structure: Structure,
  body: string,
): Record<string, unknown> {
  const { body: inBody, payload } = placesOf(structure)
  if (payload) return { [payload.name]: payload.type.kind === 'string' ? body : readJsonText(body) }
  return body === '' ? {} : readMembers(readJsonText(body), inBody, { model, at: '' })
}

/** What the request has for a member outside of its body; takes it out of the query. */
function textsOf(
  { place, name, placeName }: Member,
  from: {
    request: RestRequest
    labels: ReadonlyMap<string, string>
    query: Map<string, readonly string[]>
  },
): readonly string[] | undefined {
  if (place === 'path') return [from.labels.get(name) ?? '']
  if (place === 'header') {
    const text = from.request.header(placeName.toLowerCase())
    return text === undefined ? undefined : [text]
  }
  if (place !== 'query') return undefined
  const texts = from.query.get(placeName)
  from.query.delete(placeName)
  return texts
}

function readTexts(texts: readonly string[], { name, type }: Member): unknown {
  if (type.kind === 'list') return texts.map((text) => readText(text, type.of, name))
  const [text = '', ...more] = texts
  if (more.length > 0) throw unreadable(`${name} is given twice`)
  return readText(text, type, name)
}

function readText(text: string, type: Type, name: string): unknown {
  if (type.kind === 'string') return text
  if (type.kind === 'number' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type.kind === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  const time = type.kind === 'time' ? readTime(text) : undefined
  if (time === undefined) throw unreadable(`${name} must be a ${type.kind}`)
  return time
}

function valuesByName(query: string): Map<string, readonly string[]> {
  if (query === '') return new Map()
  const parameters = new URLSearchParams(query)
  return new Map([...parameters.keys()].map((name) => [name, parameters.getAll(name)]))
}

function isOfSignature(name: string): boolean {
  return /^x-amz-/i.test(name)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw unreadable('the path is not percent-encoded UTF-8')
  }
}
