/**
 * The actions that policies speak of, held against the services of the app.
 *
 * Shape   a pattern that matches no action is a mistake: an Allow with it allows nothing, and a Deny denies
 *         nothing. What is meant for other services names them.
 * Errors  None: what is wrong is answered.
 * Source  Specification 2.4: patterns are compared as core compares them, by core itself.
 *
 * @module
 */
import {
  type AnyService,
  compile,
  createPolicySet,
  isAllowed,
  parsePolicy,
  type Statement,
} from '@iamkit/core'

export interface KnownServices {
  readonly services: readonly AnyService[]
  /** Prefixes of services that are not this app's, in lower case. */
  readonly others: readonly string[]
}

/** One thing wrong with a statement. */
export interface Flaw {
  readonly element: 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Condition'
  readonly message: string
}

/** What is wrong with the actions of one statement. */
export function actionFlaws(
  { actions, notActions }: Statement,
  known: KnownServices,
): readonly Flaw[] {
  const element = actions ? 'Action' : 'NotAction'
  return [...(actions ?? []), ...(notActions ?? [])].flatMap((pattern) => {
    const message = actionProblem(pattern, known)
    return message === undefined ? [] : [{ element, message } as const]
  })
}

function actionProblem(pattern: string, { services, others }: KnownServices): string | undefined {
  const prefix = pattern.slice(0, pattern.indexOf(':')).toLowerCase()
  if (others.includes(prefix) || matchesSome(pattern, services)) return undefined
  const own = services.find((service) => service.prefix === prefix)
  if (own) {
    return `\`${pattern}\` is no action of \`${own.prefix}\`, which has ${own.actions.join(', ')}`
  }
  return `\`${pattern}\` is no action of this app, ${othersHint(services, prefix || 's3')}`
}

/** How to mend what belongs to none of the app's services. */
export function othersHint(services: readonly AnyService[], other: string): string {
  const prefixes = services.map((service) => `\`${service.prefix}\``).join(', ')
  return `which has ${prefixes}; for a policy that speaks of others too, name them: \`otherServices: ['${other}']\``
}

function matchesSome(pattern: string, services: readonly AnyService[]): boolean {
  if (pattern === '*') return true
  const Statement = { Effect: 'Allow', Action: pattern, Resource: '*' } as const
  const policies = createPolicySet({ identity: [compile(parsePolicy({ Statement }))] })
  return services
    .flatMap(({ actions }) => actions)
    .some((action) =>
      isAllowed(policies, {
        principal: { type: 'user', account: 'check', arn: 'arn:aws:iam::check:user/check' },
        action,
        resource: '*',
        resourceAccount: 'check',
      }),
    )
}
