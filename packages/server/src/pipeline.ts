/**
 * One call: wire → authenticate → authorize → operation → wire.
 *
 * Shape   reads work on what is durable; a write is decided on that first, and again inside its transaction.
 *         Whatever happens, there is one reply, and one record in the audit where an account is concerned.
 * Errors  None: a fault is a reply, and what is no fault is `InternalFailure` 500, logged without what the caller sent.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { AuditEvent } from './audit/audit-event.js'
import { eventOf, type Trace } from './audit/event-of.js'
import type { Authenticate } from './authenticate/authenticate.js'
import { authorize } from './authorize/authorize.js'
import { Fault } from './fault.js'
import type { Gate } from './gate.js'
import { countedAs, type Limiter } from './limiter.js'
import type { Call } from './operation.js'
import { addressOf, requestKeys } from './request-keys.js'
import type { ListedService, Service } from './services.js'
import { AccountState } from './state/account-state.js'
import type { AccountView } from './state/account-view.js'
import type { World } from './state/world.js'
import type { Writer } from './state/writer.js'
import type { Vault } from './vault/vault.js'
import { type Received, type WireRequest, wireRequest } from './wire/received.js'
import { answer, type Reply, refusal } from './wire/reply.js'
import { type Routed, refusalForm, route } from './wire/route.js'

export interface PipelineParts {
  readonly services: readonly ListedService[]
  readonly authenticate: Authenticate
  readonly writer: Pick<Writer, 'world' | 'write'>
  readonly vault: Vault
  readonly limiter: Limiter
  readonly gate: Gate
  /** Bytes. */
  readonly maxBodySize: number
  readonly now: () => Date
  readonly onEvent: (event: AuditEvent) => void
  /** Told of every call once it is answered. */
  readonly onCall: (trace: Trace, status: number) => void
  /** Told of what is no fault. */
  readonly onError: (error: unknown, trace: Trace) => void
}

const NO_BODY = new Uint8Array()

/** Services with one endpoint for the world: it is there, whichever region a client signs for. */
const GLOBAL: ReadonlySet<string> = new Set(['iam', 'organizations'])
const HOME = 'us-east-1'

/** Calls that are under way; more are told to come back. */
const MAX_CALLS = 2000

export class Pipeline {
  readonly #parts: PipelineParts
  #calls = 0

  constructor(parts: PipelineParts) {
    this.#parts = parts
  }

  async receive(request: WireRequest): Promise<Reply> {
    const trace = this.#traceOf(request)
    this.#calls += 1
    const reply = await this.#reply(request, trace)
    this.#calls -= 1
    this.#tell(trace, reply.status)
    return reply
  }

  /** What an address is told that has failed too often, before a body is read; undefined: go on. */
  turnAway(head: Omit<Received, 'body'>): Promise<Reply | undefined> | undefined {
    const { gate, now } = this.#parts
    if (!gate.isStrained(head.sourceIp, now())) return undefined
    const request = wireRequest({ ...head, body: NO_BODY })
    const trace = this.#traceOf(request)
    return gate.check(request, { hasBody: true, now: trace.now }).then(
      () => undefined,
      (error: unknown) => {
        const reply = this.#refuse(error, request, trace)
        this.#tell(trace, reply.status)
        return reply
      },
    )
  }

  #traceOf(request: WireRequest): Trace {
    return {
      requestId: randomUUID(),
      now: this.#parts.now(),
      start: performance.now(),
      sourceIp: addressOf(request.sourceIp),
      userAgent: request.header('user-agent')?.slice(0, 512),
    }
  }

  async #reply(request: WireRequest, trace: Trace): Promise<Reply> {
    try {
      return await this.#answer(request, trace)
    } catch (error) {
      return this.#refuse(error, request, trace)
    }
  }

  #refuse(error: unknown, request: WireRequest, trace: Trace): Reply {
    const fault = error instanceof Fault ? error : failure()
    trace.fault = fault
    if (fault !== error) this.#parts.onError(error, trace)
    const reply = refusal(fault, trace.target ?? refusalForm(request), trace.requestId)
    const isOurs = reply.status >= 500 || fault.code === 'Throttling'
    if (!trace.caller?.account && !isOurs) this.#parts.gate.failed(trace.sourceIp, trace.now)
    return reply
  }

  async #answer(request: WireRequest, trace: Trace): Promise<Reply> {
    const { services, maxBodySize, gate } = this.#parts
    if (this.#calls > MAX_CALLS) throw new Fault('ServiceUnavailable', 'The server is busy.', 503)
    if (request.body.length > maxBodySize) throw tooLarge(maxBodySize)
    if (gate.isStrained(trace.sourceIp, trace.now)) {
      await gate.check(request, { hasBody: request.body.length > 0, now: trace.now })
    }
    const routed = await route(request, services)
    trace.target = routed.target
    const call = await this.#identify(request, trace)
    const output = await this.#run(routed, call, trace)
    return answer(routed.target, output, trace.requestId)
  }

  /** Who calls, and whether it may call now. */
  async #identify(request: WireRequest, trace: Trace): Promise<Call> {
    const { authenticate, limiter, vault, writer } = this.#parts
    const { target, now, requestId } = trace
    if (!target) throw failure()
    const { signingName, protocol } = target
    const { caller, region } = await authenticate(request, { signingName, protocol, now })
    trace.caller = caller
    trace.region = GLOBAL.has(signingName ?? '') ? HOME : (region ?? HOME)
    const write: Call['write'] = (account, run) => writer.write(account, run)
    limiter.take(countedAs(caller) ?? `${trace.sourceIp}`, now)
    return {
      caller,
      account: caller.account,
      now,
      requestId,
      region: trace.region,
      vault,
      world: writer.world,
      requestKeys: requestKeys(request),
      write,
    }
  }

  async #run({ target, readInput }: Routed, call: Call, trace: Trace): Promise<unknown> {
    const { operations } = await this.#service(target.service)
    const operation = Object.hasOwn(operations, target.operation)
      ? operations[target.operation]
      : undefined
    if (!operation) throw notImplemented(target.operation)
    trace.isReadOnly = operation.mode === 'read'
    const input = readInput()
    trace.input = input

    const view = viewOf(call.world, call.account)
    const check = (scope: { call: Call; view: AccountView }) => {
      const called = { service: target.model.signingName, name: target.operation, operation, input }
      const { decided, refusal: refused } = authorize(called, scope)
      trace.decided = decided
      if (refused) throw refused
    }
    check({ call, view })
    if (operation.mode === 'read') return operation.run(input, { call, view })
    const prepared = await operation.prepare?.(input, { call, view })
    return this.#parts.writer.write(call.account, (draft, head) => {
      const now = { ...call, world: head }
      check({ call: now, view: draft })
      return operation.run(input, { call: now, draft, prepared })
    })
  }

  async #service(name: string): Promise<Service> {
    const listed = this.#parts.services.find((service) => service.name === name)
    if (!listed) throw failure()
    return listed.load()
  }

  #tell(trace: Trace, status: number): void {
    const event = eventOf(trace)
    // an unsigned call may name any account: of one that is not there nothing is kept
    if (event && this.#parts.writer.world.account(event.account)) this.#parts.onEvent(event)
    this.#parts.onCall(trace, status)
  }
}

/** An account that has nothing, for callers that have none. */
function viewOf(world: World, account: string): AccountView {
  return world.account(account) ?? new AccountState(account)
}

function notImplemented(operation: string): Fault {
  return new Fault('NotImplemented', `The operation ${operation} is not implemented here.`, 501)
}

function tooLarge(bytes: number): Fault {
  return new Fault('RequestEntityTooLarge', `The request is larger than ${bytes} bytes.`, 413)
}

function failure(): Fault {
  const message = 'The request processing has failed because of an unknown error.'
  return new Fault('InternalFailure', message, 500)
}
