/**
 * Which operation a request calls.
 *
 * Shape   first the header `X-Amz-Target`, then `Action` and `Version` in the form or the query of `/`, then method and path
 *         of the service that the signature names, or of any where there is no signature.
 * Errors  {@link Fault}: `MissingAction`, `InvalidAction`, `UnknownOperationException`; `MalformedQueryString` and
 *         `SerializationException` for a body that is no text; what the input's readers throw, from `readInput`.
 *
 * @module
 */
import { Fault } from '../fault.js'
import type { ServiceModel } from '../model.js'
import { type FormNode, readForm } from './form.js'
import { checkGiven } from './given-members.js'
import { readMembers } from './json-input.js'
import { readJsonText } from './json-text.js'
import { readQueryInput } from './query-input.js'
import { mediaType, scopeService, type WireRequest } from './received.js'
import type { RefusalForm } from './reply.js'
import { findRoute, readRestInput } from './rest.js'
import { structureOf } from './structure.js'
import type { Target } from './target.js'

/** A service that can be called, and what tells that it is meant. */
export interface Routable
  extends Pick<ServiceModel, 'name' | 'protocol' | 'version' | 'signingName' | 'target'> {
  readonly load: () => Promise<{ readonly model: ServiceModel }>
}

export interface Routed {
  readonly target: Target
  readonly readInput: () => Readonly<Record<string, unknown>>
}

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPES = ['application/x-amz-json-1.1', 'application/x-amz-json-1.0', 'application/json']

export async function route(request: WireRequest, services: readonly Routable[]): Promise<Routed> {
  const { target, readInput: readAny } = await findTarget(request, services)
  const { model, operation } = target
  const readInput = () => {
    const input = readAny()
    checkGiven(model, model.operations[operation]?.[0] ?? '', input)
    return input
  }
  return { target, readInput }
}

/** How to refuse a request of which no more is known. */
export function refusalForm(request: WireRequest): RefusalForm {
  if (request.header('x-amz-target') !== undefined) return { protocol: 'awsJson' }
  return { protocol: request.path === '/' ? 'awsQuery' : 'restJson' }
}

function findTarget(request: WireRequest, services: readonly Routable[]): Promise<Routed> {
  if (request.header('x-amz-target') !== undefined) return jsonTarget(request, services)
  return request.path === '/' ? queryTarget(request, services) : restTarget(request, services)
}

async function jsonTarget(request: WireRequest, services: readonly Routable[]): Promise<Routed> {
  const [prefix, operation = ''] = (request.header('x-amz-target') ?? '').split('.', 2)
  const service = services.find(({ target }) => target !== undefined && target === prefix)
  const model = (await service?.load())?.model
  if (!model || !hasOperation(model, operation) || request.method !== 'POST') throw unknown()
  const type = mediaType(request)
  if (!JSON_TYPES.includes(type)) {
    throw new Fault(
      'UnsupportedMediaTypeException',
      'The body must be application/x-amz-json-1.1.',
      415,
    )
  }
  const { members } = structureOf(model, model.operations[operation]?.[0] ?? '')
  const read = (): Record<string, unknown> => {
    const text = textOf(request.body)
    return readMembers(text === '' ? {} : readJsonText(text), members, { model, at: '' })
  }
  return { target: targetOf(model, operation), readInput: read }
}

async function queryTarget(request: WireRequest, services: readonly Routable[]): Promise<Routed> {
  const type = mediaType(request)
  const isForm = type === FORM || type === ''
  const form = readForm(request.query, isForm ? textOf(request.body) : '')
  const action = parameter(form, 'Action')
  if (action === undefined) {
    const hint = isForm ? '' : ` The body must be ${FORM}.`
    throw new Fault('MissingAction', `The request must contain the parameter Action.${hint}`, 400)
  }
  const version = parameter(form, 'Version')
  const service = services.find((one) => one.protocol === 'awsQuery' && one.version === version)
  const model = (await service?.load())?.model
  if (!model || !hasOperation(model, action)) {
    const named = `${cut(action)} for version ${cut(version ?? 'NO_VERSION_SPECIFIED')}`
    throw new Fault('InvalidAction', `Could not find operation ${named}`, 400)
  }
  const shape = model.operations[action]?.[0] ?? ''
  return {
    target: targetOf(model, action),
    readInput: () => readQueryInput(model, shape, form),
  }
}

async function restTarget(request: WireRequest, services: readonly Routable[]): Promise<Routed> {
  const scope = scopeService(request)
  for (const service of services) {
    if (service.protocol !== 'restJson' || (scope ?? service.signingName) !== service.signingName)
      continue
    const { model } = await service.load()
    const found = findRoute(model, request.method, request.path)
    if (!found) continue
    const readInput = () =>
      readRestInput(model, found.operation, { ...request, body: textOf(request.body) })
    return { target: targetOf(model, found.operation), readInput }
  }
  throw unknown(404)
}

function targetOf(model: ServiceModel, operation: string): Target {
  return {
    service: model.name,
    operation,
    protocol: model.protocol,
    signingName: model.unsigned?.includes(operation) ? undefined : model.signingName,
    model,
  }
}

function hasOperation(model: ServiceModel, operation: string): boolean {
  return Object.hasOwn(model.operations, operation)
}

function parameter(form: FormNode, name: string): string | undefined {
  return form.children.get(name)?.value
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new Fault('SerializationException', 'The request body is not UTF-8.', 400)
  }
}

function unknown(status = 400): Fault {
  return new Fault(
    'UnknownOperationException',
    'The requested operation is not known here.',
    status,
  )
}

function cut(text: string): string {
  return text.length > 128 ? `${text.slice(0, 128)}…` : text
}
