/**
 * Policies by what they are attached to.
 *
 * Shape   an {@link Attachment} is read out of a file's place; {@link PolicyShelf} finds in constant time.
 * Errors  core's `UntranslatableError` (`ERR_FILTER_UNTRANSLATABLE`) from `findForEvery`. A place that means
 *         nothing is answered with what would be right.
 * Source  Specification 4.1 and 5.2.
 *
 * @module
 */
import {
  type CompiledPolicy,
  createPolicySet,
  type PolicySet,
  type RequestPrincipal,
  UntranslatableError,
} from '@iamkit/core'
import type { PolicyQuestion } from './policy-question.js'
import { Recent } from './recent.js'

export interface Attachment {
  readonly type: 'identity' | 'boundary' | 'resource'
  /** `acme/everyone`, `acme/role/editor`, `acme/docs/folder/f1`. */
  readonly key: string
}

const PLACES =
  '`<account>/identity/everyone/<name>.json`, `<account>/identity/role/<role>/<name>.json` (or `user` or ' +
  '`group` for `role`), `<account>/boundary/role/<role>.json` (or `user`) and `<account>/resource/<service>/<path>.json`'

/** What a file is attached to, or why its place says nothing. */
export function attachmentOf(file: string): Attachment | string {
  if (!file.endsWith('.json'))
    return 'is not a `.json` file: rename it, or take it out of the policy folder'
  const [account, type, ...rest] = file.slice(0, -'.json'.length).split('/')
  const nowhere = `lies where no policy is attached: the places are ${PLACES}`
  if (!account || !type) return nowhere
  if (type === 'resource') {
    return rest.length < 2 ? nowhere : { type, key: [account, ...rest].join('/') }
  }
  if (type === 'boundary') {
    return isHolder(rest) ? { type, key: [account, ...rest].join('/') } : nowhere
  }
  const holder = rest.slice(0, -1)
  const isEveryone = holder.length === 1 && holder[0] === 'everyone'
  if (type !== 'identity' || !(isEveryone || isHolder(holder) || isGroup(holder))) return nowhere
  return { type, key: [account, ...holder].join('/') }
}

function isHolder([kind, ...name]: readonly string[]): boolean {
  return (kind === 'role' || kind === 'user') && name.length > 0
}

function isGroup([kind, ...name]: readonly string[]): boolean {
  return kind === 'group' && name.length > 0
}

/** Sets that are kept ready: enough for the callers of a busy minute. */
const KEPT_SETS = 1024

export class PolicyShelf {
  readonly #identity = new Map<string, CompiledPolicy[]>()
  readonly #boundary = new Map<string, CompiledPolicy>()
  readonly #resource = new Map<string, CompiledPolicy>()
  readonly #sets = new Recent<PolicySet>(KEPT_SETS)

  /** Only before the first `find`: a set that was given out is not looked at again. */
  put({ type, key }: Attachment, policy: CompiledPolicy): void {
    if (type === 'boundary') this.#boundary.set(key, policy)
    else if (type === 'resource') this.#resource.set(key, policy)
    else this.#identity.set(key, [...(this.#identity.get(key) ?? []), policy])
  }

  find({ principal, resource, groups = [] }: PolicyQuestion): PolicySet {
    const place = this.#resourcePlace(resource)
    const holder = holderOf(principal)
    const places = holder ? this.#identityPlaces(holder, groups) : []
    const bounded = holder && `${holder.account}/${holder.name}`
    const boundary = bounded === undefined ? undefined : this.#boundary.get(bounded)
    const key = JSON.stringify([places, boundary && bounded, place, holder === undefined])
    return this.#sets.get(key, () =>
      createPolicySet({
        ...(holder && { identity: places.flatMap((one) => this.#identity.get(one) ?? []) }),
        boundary,
        resource: place === undefined ? undefined : this.#resource.get(place),
      }),
    )
  }

  /** For an ARN with `{placeholders}`: throws where only some of its resources have a policy of their own. */
  findForEvery(question: PolicyQuestion): PolicySet {
    const wanted = placeOf(question.resource)
    const first = wanted.findIndex((part) => part.includes('{'))
    for (const place of first < 0 ? [] : this.#resource.keys()) {
      const parts = place.split('/')
      const isAbove = parts.length <= first
      const isFor = parts.every((part, i) => part === wanted[i] || wanted[i]?.includes('{'))
      if (isAbove || !isFor) continue
      const [account, ...rest] = parts
      const file = `${account}/resource/${rest.join('/')}.json`
      throw new UntranslatableError(`\`${file}\` is attached to only some of what is listed`)
    }
    return this.find(question)
  }

  /** Where a caller's identity policies are: of everyone, of its groups, its own. */
  #identityPlaces({ account, name, hasGroups }: Holder, groups: readonly string[]): string[] {
    const joined = hasGroups ? [...new Set(groups)].sort().map((group) => `group/${group}`) : []
    return ['everyone', ...joined, name]
      .map((one) => `${account}/${one}`)
      .filter((place) => this.#identity.has(place))
  }

  /** The place of the resource, or of the nearest thing that holds it: `folder/f1` holds `folder/f1/document/d1`. */
  #resourcePlace(arn: string): string | undefined {
    const parts = placeOf(arn)
    for (let length = parts.length; length > 2; length -= 1) {
      const place = parts.slice(0, length).join('/')
      if (this.#resource.has(place)) return place
    }
    return undefined
  }
}

/** Account, service and the parts of what follows. */
function placeOf(arn: string): readonly string[] {
  const [, , service = '', , account = '', ...rest] = arn.split(':')
  return [account, service, ...rest.join(':').split('/')]
}

interface Holder {
  readonly account: string
  /** `role/editor`, `user/ann`. */
  readonly name: string
  /** Only users are in groups. */
  readonly hasGroups: boolean
}

/** Whose identity policies a caller has: its role's, its own, or its federating user's. */
function holderOf(principal: RequestPrincipal): Holder | undefined {
  const { type } = principal
  if (type !== 'user' && type !== 'role-session' && type !== 'federated-user') return undefined
  const { account } = principal
  switch (type) {
    case 'user':
      return { account, name: nameIn(principal.arn), hasGroups: true }
    case 'role-session':
      return { account, name: nameIn(principal.roleArn), hasGroups: false }
    case 'federated-user':
      return { account, name: nameIn(principal.userArn), hasGroups: false }
  }
}

/** `role/editor` of `arn:aws:iam::acme:role/editor`. */
function nameIn(arn: string): string {
  return arn.split(':').slice(5).join(':')
}
