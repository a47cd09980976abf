/**
 * The resources that policies speak of, held against the services of the app.
 *
 * Shape   an ARN of another service is a mistake: nothing that a guard asks about has it, and a Deny of it denies
 *         nothing. What is meant for other services names them. A service that is a pattern is let be.
 * Errors  None: what is wrong is answered.
 * Source  Specification 1.6: a `Resource` is compared part by part, in its own letter case.
 *
 * @module
 */
import type { Statement } from '@iamkit/core'
import { type Flaw, type KnownServices, othersHint } from './check-actions.js'

/** What is wrong with the resources of one statement. */
export function resourceFlaws(
  { resources, notResources }: Statement,
  known: KnownServices,
): readonly Flaw[] {
  const element = resources ? 'Resource' : 'NotResource'
  return [...(resources ?? []), ...(notResources ?? [])].flatMap((pattern) => {
    const message = resourceProblem(pattern, known)
    return message === undefined ? [] : [{ element, message } as const]
  })
}

function resourceProblem(pattern: string, { services, others }: KnownServices): string | undefined {
  const [, , service = '*'] = pattern.split(':')
  const isOwn = services.some(({ prefix }) => prefix === service)
  if (isOwn || /[*?]/.test(service) || others.includes(service)) return undefined
  return `\`${pattern}\` is no resource of this app, ${othersHint(services, service || 's3')}`
}
