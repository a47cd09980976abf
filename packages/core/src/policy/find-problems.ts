/**
 * Everything there is to say against a document, errors first and then what is merely doubtful.
 *
 * Errors  None: {@link findProblems} never throws.
 * Source  Specification 1.9.
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import { type Finding, problemsOf } from './finding.js'
import { lint } from './lint.js'
import type { Problem } from './problem.js'
import { type ParseOptions, readPolicy } from './read-policy.js'
import { itemsOf } from './reading.js'

/**
 * Finds every problem of a document: errors, security warnings, warnings and hints.
 *
 * @example
 * ```ts
 * findProblems(text, { type: 'identity' }).map(({ pointer, message }) => `${pointer}: ${message}`)
 * ```
 */
export function findProblems(source: unknown, options: ParseOptions = {}): readonly Problem[] {
  const reading = readPolicy(source, options)
  const { problems, policy, root } = reading
  if (!policy || !root) return problems
  return [...problems, ...problemsOf([...lint(policy), ...lintEmptyConditions(root)], reading)]
}

/** An empty Condition leaves no trace in a parsed policy, so it is looked for in the document. */
function* lintEmptyConditions(root: JsonNode): Iterable<Finding> {
  const list = memberOf(root, 'Statement')
  for (const [index, statement] of (list ? itemsOf(list) : []).entries()) {
    const condition = memberOf(statement, 'Condition')
    if (condition?.kind !== 'object') continue
    const blocks = condition.members.map(({ node }) => node)
    if (blocks.length > 0 && !blocks.some(isEmptyObject)) continue
    const path = ['Statement', index, 'Condition']
    yield { path, level: 'info', code: 'empty-object-condition', remedy: 'it always holds' }
  }
}

function memberOf(node: JsonNode, key: string): JsonNode | undefined {
  return node.kind === 'object'
    ? node.members.find((member) => member.key === key)?.node
    : undefined
}

function isEmptyObject(node: JsonNode): boolean {
  return node.kind === 'object' && node.members.length === 0
}
