/**
 * What goes back over the wire: an operation's output, or why there is none.
 *
 * Shape   the request's id is in the header `x-amzn-requestid`, and in the XML. restJson1 takes its status, headers and body
 *         apart from the output; an output whose payload is a stream is sent as it comes.
 * Errors  None.
 * Source  AWS Query, AWS JSON 1.1 and AWS restJson1 protocols, Smithy 2.0 specification.
 *
 * @module
 */
import type { Fault } from '../fault.js'
import type { Protocol, ServiceModel } from '../model.js'
import { codeAndStatus } from './error-code.js'
import { jsonMembers } from './json-output.js'
import { queryOutput } from './query-output.js'
import { routeOf } from './rest.js'
import { placesOf, structureOf } from './structure.js'
import type { Target } from './target.js'
import { element, xmlText } from './xml.js'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | ReadableStream<Uint8Array>
}

/** How a refusal is written. */
export interface RefusalForm {
  readonly protocol: Protocol
  /** Absent where the request names no service. */
  readonly model?: ServiceModel | undefined
}

const CONTENT_TYPES: Readonly<Record<Protocol, string>> = {
  awsQuery: 'text/xml',
  awsJson: 'application/x-amz-json-1.1',
  restJson: 'application/json',
}

/** Seconds. */
const RETRY_AFTER = '1'

/** Of refusals before it is known which service is meant. */
const FAULT_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09'

export function answer(target: Target, output: unknown, requestId: string): Reply {
  const { protocol, model, operation } = target
  if (protocol === 'restJson') return restAnswer(target, output, requestId)
  if (protocol === 'awsQuery') {
    return reply(protocol, requestId, { status: 200, body: queryOutput(target, output, requestId) })
  }
  const { members } = structureOf(model, model.operations[operation]?.[1] ?? '')
  const json = jsonMembers(model, members.values(), output)
  return reply(protocol, requestId, { status: 200, body: JSON.stringify(json) })
}

export function refusal(fault: Fault, form: RefusalForm, requestId: string): Reply {
  const { code, status } = codeAndStatus(fault, form)
  const { protocol, model } = form
  const later = status === 429 || status === 503 ? { 'retry-after': RETRY_AFTER } : {}
  if (protocol === 'awsQuery') {
    const error = [
      element('Type', status < 500 ? 'Sender' : 'Receiver'),
      element('Code', xmlText(code)),
      element('Message', xmlText(fault.message)),
    ]
    const content = element('Error', error.join('')) + element('RequestId', requestId)
    const namespace = model?.xmlNamespace ?? FAULT_NAMESPACE
    const body = `<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>`
    return reply(protocol, requestId, { status, body, headers: later })
  }
  const type = protocol === 'awsJson' ? { __type: code } : {}
  const body = JSON.stringify({ ...type, message: fault.message })
  return reply(protocol, requestId, {
    status,
    body,
    headers: { 'x-amzn-errortype': code, ...later },
  })
}

function restAnswer({ model, operation }: Target, output: unknown, requestId: string): Reply {
  const at = placesOf(structureOf(model, model.operations[operation]?.[1] ?? ''))
  const values = (output ?? {}) as Readonly<Record<string, unknown>>
  const headers: Record<string, string> = {}
  for (const { name, placeName } of at.headers) {
    if (values[name] !== undefined)
      headers[placeName.toLowerCase()] = String(values[name] as string | number)
  }
  const status = at.status && values[at.status.name]
  const payload = at.payload && values[at.payload.name]
  return reply('restJson', requestId, {
    status: status === undefined ? (routeOf(model, operation)?.status ?? 200) : Number(status),
    headers,
    body:
      payload === undefined
        ? JSON.stringify(jsonMembers(model, at.body.values(), output))
        : (payload as Reply['body']),
  })
}

function reply(
  protocol: Protocol,
  requestId: string,
  { headers, ...rest }: Partial<Pick<Reply, 'headers'>> & Omit<Reply, 'headers'>,
): Reply {
  const own = { 'content-type': CONTENT_TYPES[protocol], 'x-amzn-requestid': requestId }
  return { ...rest, headers: { ...own, ...headers } }
}
