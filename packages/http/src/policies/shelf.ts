/**
 * Policies by what they are attached to.
 *
 * Shape   an {@link Attachment} is read out of a file's place; {@link PolicyShelf} finds in constant time.
 * Errors  None: a place that means nothing is answered with what would be right.
 * Source  Specification 4.1 and 5.2.
 *
 * @module
 */
import type { CompiledPolicy, PolicySet, RequestPrincipal } from '@iamkit/core'

export interface Attachment {
  readonly type: 'identity' | 'boundary' | 'resource'
  /** `acme/everyone`, `acme/role/editor`, `acme/docs/folder/f1`. */
  readonly key: string
}

const PLACES =
  '`<account>/identity/everyone/<name>.json`, `<account>/identity/role/<role>/<name>.json`, ' +
  '`<account>/boundary/role/<role>.json` (or `user` for `role`) and `<account>/resource/<service>/<path>.json`'

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
  if (type !== 'identity' || !(isEveryone || isHolder(holder))) return nowhere
  return { type, key: [account, ...holder].join('/') }
}

function isHolder([kind, ...name]: readonly string[]): boolean {
  return (kind === 'role' || kind === 'user') && name.length > 0
}

export class PolicyShelf {
  readonly #identity = new Map<string, CompiledPolicy[]>()
  readonly #boundary = new Map<string, CompiledPolicy>()
  readonly #resource = new Map<string, CompiledPolicy>()

  put({ type, key }: Attachment, policy: CompiledPolicy): void {
    if (type === 'boundary') this.#boundary.set(key, policy)
    else if (type === 'resource') this.#resource.set(key, policy)
    else this.#identity.set(key, [...(this.#identity.get(key) ?? []), policy])
  }

  find(principal: RequestPrincipal, resource: string): PolicySet {
    const holder = holderOf(principal)
    const attached = this.#resourcePolicy(resource)
    if (holder === undefined) return { resource: attached }
    const everyone = this.#identity.get(`${holder.account}/everyone`) ?? []
    const own = this.#identity.get(`${holder.account}/${holder.name}`) ?? []
    const boundary = this.#boundary.get(`${holder.account}/${holder.name}`)
    return { identity: [...everyone, ...own], boundary, resource: attached }
  }

  /** The policy of the resource, or of the nearest thing that holds it: `folder/f1` holds `folder/f1/document/d1`. */
  #resourcePolicy(arn: string): CompiledPolicy | undefined {
    const [, , service, , account, ...rest] = arn.split(':')
    const parts = rest.join(':').split('/')
    for (let length = parts.length; length > 0; length -= 1) {
      const found = this.#resource.get([account, service, ...parts.slice(0, length)].join('/'))
      if (found) return found
    }
    return undefined
  }
}

/** Whose identity policies a caller has: its role's, its own, or its federating user's. */
function holderOf(principal: RequestPrincipal): { account: string; name: string } | undefined {
  switch (principal.type) {
    case 'user':
      return { account: principal.account, name: nameIn(principal.arn) }
    case 'role-session':
      return { account: principal.account, name: nameIn(principal.roleArn) }
    case 'federated-user':
      return { account: principal.account, name: nameIn(principal.userArn) }
    default:
      return undefined
  }
}

/** `role/editor` of `arn:aws:iam::acme:role/editor`. */
function nameIn(arn: string): string {
  return arn.split(':').slice(5).join(':')
}
