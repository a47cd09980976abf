/**
 * What a condition wants, as its author would write it, variables replaced.
 *
 * Errors  None.
 * Source  Specification 3.3 and 6.
 *
 * @module
 */
import { ANY } from '../glob/glob.js'
import type { PolicyVersion } from '../policy/document.js'
import type { Condition } from '../policy/policy.js'
import { isConstant, parseTemplate, resolveTemplate } from '../policy/variable.js'
import type { RequestContext } from '../request/context.js'

/** Null stands for a value whose variable has none. A literal star looks like a wildcard here. */
export function wantedTexts(
  { operator, values }: Condition,
  version: PolicyVersion,
  context: RequestContext,
): readonly (string | null)[] {
  const { family, comparison } = operator
  if (family !== 'string' && family !== 'arn') return values
  return values.map((value) => {
    const { tokens, fault } = parseTemplate(value, { version, wildcards: comparison === 'like' })
    if (fault) return null
    if (isConstant(tokens)) return value
    const texts = resolveTemplate(tokens, context)?.map((token) =>
      typeof token === 'string' ? token : token === ANY ? '*' : '?',
    )
    return texts?.join('') ?? null
  })
}
