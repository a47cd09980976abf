/**
 * A request and its policies, as options say them.
 *
 * Errors  {@link UsageError}; {@link UnreachableError}; core's `PolicyParseError`.
 * Source  Specification 5.1.
 *
 * @module
 */
import {
  type AuthorizationRequest,
  type ContextEntries,
  type Decision,
  evaluate,
  type PolicySet,
  principalEntries,
  requestTagEntries,
  resourceTagEntries,
} from '@iamkit/core'
import { Command } from 'commander'
import { UsageError } from './exit-code.js'
import { readPolicy } from './policy-file.js'
import { principalNamed } from './principal-name.js'
import type { Terminal } from './terminal.js'

interface RequestOptions {
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly resourceAccount?: string
  readonly policy?: readonly string[]
  readonly resourcePolicy?: string
  readonly boundary?: string
  readonly session?: readonly string[]
  readonly context?: readonly string[]
  readonly principalTag?: readonly string[]
  readonly resourceTag?: readonly string[]
  readonly requestTag?: readonly string[]
}

/** A command that takes a request. */
export function requestCommand(name: string): Command {
  return new Command(name)
    .requiredOption('--principal <arn>', 'who asks: an ARN, a service, or `anonymous`')
    .requiredOption('--action <action>', 'such as docs:GetDocument')
    .option('--resource <arn>', 'what is acted on', '*')
    .option('--resource-account <account>', 'who owns it (default: the account of the principal)')
    .option('--policy <file...>', 'identity policies; `-` reads the standard input')
    .option('--resource-policy <file>', 'the policy of the resource')
    .option('--boundary <file>', 'the permissions boundary')
    .option('--session <file...>', 'policies that the session was made with')
    .option('--context <key=value...>', 'condition keys; the same key again makes a list')
    .option('--principal-tag <key=value...>', 'tags of the principal')
    .option('--resource-tag <key=value...>', 'tags of the resource')
    .option('--request-tag <key=value...>', 'tags that the request passes')
}

export interface Question {
  readonly policies: PolicySet
  readonly request: AuthorizationRequest
}

export async function readQuestion(options: RequestOptions, terminal: Terminal): Promise<Question> {
  const { policy = [], session = [], resourcePolicy, boundary } = options
  if (policy.length === 0 && resourcePolicy === undefined) {
    throw new UsageError('no policy is given: name files with `--policy` or `--resource-policy`')
  }
  const policies: PolicySet = {
    identity: await Promise.all(policy.map((path) => readPolicy(path, 'identity', terminal))),
    ...(resourcePolicy && { resource: await readPolicy(resourcePolicy, 'resource', terminal) }),
    ...(boundary && { boundary: await readPolicy(boundary, 'boundary', terminal) }),
    ...(session.length > 0 && {
      session: await Promise.all(session.map((path) => readPolicy(path, 'session', terminal))),
    }),
  }
  const request = requestOf(options)
  checkRequest(evaluate(policies, request))
  return { policies, request }
}

/** What could not be asked is no denial: a script may wait for one. */
function checkRequest(decision: Decision): void {
  const problem = 'problem' in decision ? decision.problem : undefined
  if (problem?.code === 'invalid-request') throw new UsageError(problem.message)
}

function requestOf(options: RequestOptions): AuthorizationRequest {
  const principal = principalNamed(options.principal)
  const own = 'account' in principal ? principal.account : undefined
  const { resourceAccount = own, action, resource, resourceTag, requestTag } = options
  if (resourceAccount === undefined) {
    throw new UsageError('who owns the resource is not known: give `--resource-account`')
  }
  const tags = pairs('--principal-tag', options.principalTag)
  return {
    principal,
    action,
    resource,
    resourceAccount,
    context: {
      ...lists(options.context),
      ...(resourceTag && resourceTagEntries(pairs('--resource-tag', resourceTag))),
      ...(requestTag && requestTagEntries(pairs('--request-tag', requestTag))),
      ...definedIn(principalEntries(principal, { tags })),
    },
  }
}

/** A caller's tags and login may be said by `--context` as well. */
function definedIn(entries: ContextEntries): ContextEntries {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}

function pairs(option: string, texts: readonly string[] = []): Readonly<Record<string, string>> {
  const found = texts.map((text) => split(option, text))
  const twice = found.find(([key], place) => found.findIndex(([one]) => one === key) < place)
  if (twice) throw new UsageError(`\`${option} ${twice[0].slice(0, 64)}\` is given twice`)
  return Object.fromEntries(found)
}

function lists(texts: readonly string[] = []): ContextEntries {
  const entries = new Map<string, string[]>()
  for (const text of texts) {
    const [key, value] = split('--context', text)
    entries.set(key, [...(entries.get(key) ?? []), value])
  }
  return Object.fromEntries(
    [...entries].map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  )
}

function split(option: string, text: string): [string, string] {
  const place = text.indexOf('=')
  if (place < 1) throw new UsageError(`\`${option} ${text.slice(0, 64)}\`: write it as key=value`)
  return [text.slice(0, place), text.slice(place + 1)]
}
