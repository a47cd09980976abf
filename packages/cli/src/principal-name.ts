/**
 * The caller that a person names on the command line.
 *
 * Shape   an ARN of a user, of a role's session, of a federated user, of root; a service's name; `anonymous`.
 *         The ARN of a role stands for a session of it.
 * Errors  {@link UsageError}.
 * Source  Specification 4.1.
 *
 * @module
 */
import { parseArn, type RequestPrincipal } from '@iamkit/core'
import { UsageError } from './exit-code.js'

export function principalNamed(name: string): RequestPrincipal {
  if (name === 'anonymous') return { type: 'anonymous' }
  if (!name.startsWith('arn:')) {
    if (name.includes('.')) return { type: 'service', service: name }
    throw notKnown(name)
  }
  const arn = readArn(name)
  const { partition, service, account, resource } = arn
  const [kind = '', ...rest] = resource.split('/')
  const inAccount = { account, arn: name }
  if (service === 'iam' && resource === 'root') return { type: 'root', ...inAccount }
  if (rest.length === 0 || rest.includes('')) throw notKnown(name)
  if (service === 'iam' && kind === 'user') return { type: 'user', ...inAccount }
  const role = `arn:${partition}:iam::${account}:role/`
  if (service === 'iam' && kind === 'role') {
    const session = `arn:${partition}:sts::${account}:assumed-role/${rest.at(-1)}/session`
    return { type: 'role-session', account, arn: session, roleArn: name }
  }
  if (service === 'sts' && kind === 'assumed-role' && rest.length === 2) {
    return { type: 'role-session', ...inAccount, roleArn: `${role}${rest[0]}` }
  }
  throw notKnown(name)
}

function readArn(name: string) {
  try {
    return parseArn(name)
  } catch {
    throw notKnown(name)
  }
}

function notKnown(name: string): UsageError {
  return new UsageError(
    `\`${name.slice(0, 128)}\` names no caller: give the ARN of a user, a role or a session, a service such as ` +
      '`backup.amazonaws.com`, or `anonymous`',
  )
}
