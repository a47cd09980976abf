/**
 * The calls of STS that give credentials.
 *
 * Shape   the query protocol: a form goes out, XML comes back, of which four texts are read.
 * Errors  {@link CredentialsError} (`ERR_CREDENTIALS`), with the refusal or the failure as its cause.
 * Source  AWS STS API reference.
 *
 * @module
 */
import { sign } from '@iamkit/sigv4'
import { CredentialsError, ServiceError, TransportError } from '../errors.js'
import type { Credentials, ProviderScope } from './credentials.js'

const TIME_LIMIT = 10_000
const LONGEST_ANSWER = 65_536

export interface StsCall {
  readonly action: 'AssumeRole' | 'AssumeRoleWithWebIdentity'
  readonly parameters: Readonly<Record<string, string | undefined>>
  /** Absent: the call is not signed. */
  readonly signer?: Credentials
}

export async function askSts(call: StsCall, scope: ProviderScope): Promise<Credentials> {
  try {
    const answer = await send(call, scope)
    const text = (await answer.text()).slice(0, LONGEST_ANSWER)
    if (!answer.ok) throw refusal(text, answer)
    return credentialsIn(text)
  } catch (error) {
    if (error instanceof CredentialsError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new CredentialsError(`${call.action} failed: ${why}`, error)
  }
}

async function send(
  { action, parameters, signer }: StsCall,
  scope: ProviderScope,
): Promise<Response> {
  const body = new URLSearchParams({ Action: action, Version: '2011-06-15' })
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) body.set(name, value)
  for (let attempt = 1; ; attempt += 1) {
    const request = new Request(scope.endpoint, { method: 'POST', body, redirect: 'manual' })
    const date = new Date(scope.clock.now())
    const signed = signer
      ? await sign(request, signer, { service: 'sts', region: scope.region, date })
      : request
    const answer = await scope
      .fetch(signed, { signal: AbortSignal.timeout(TIME_LIMIT) })
      .catch((error: unknown) => {
        throw new TransportError('network', scope.endpoint.origin, error)
      })
    const isSkewed = answer.status === 403 && scope.clock.correct(answer.headers.get('date'))
    if (!isSkewed || attempt > 1) return answer
    await answer.body?.cancel()
  }
}

function refusal(xml: string, { status }: Response): ServiceError {
  const code = textIn(xml, 'Code') ?? 'Unknown'
  return new ServiceError(code, textIn(xml, 'Message') ?? '', {
    status,
    requestId: textIn(xml, 'RequestId'),
  })
}

function credentialsIn(xml: string): Credentials {
  const accessKeyId = textIn(xml, 'AccessKeyId')
  const secretAccessKey = textIn(xml, 'SecretAccessKey')
  const sessionToken = textIn(xml, 'SessionToken')
  const expiration = new Date(textIn(xml, 'Expiration') ?? Number.NaN)
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration.getTime())) {
    throw new CredentialsError('the answer holds none')
  }
  return { accessKeyId, secretAccessKey, sessionToken, expiration }
}

/** The text of the first element of that name, where it has no children. */
function textIn(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`)
  const end = xml.indexOf(`</${name}>`, start)
  if (start < 0 || end < 0) return undefined
  return decodeEntities(xml.slice(start + name.length + 2, end))
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
}

function decodeEntities(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
}
