/**
 * Everything there is to say against a document, errors first and then what is merely doubtful.
 *
 * Errors  None: {@link findProblems} never throws.
 * Source  Specification 1.9.
 *
 * @module
 */
import type { JsonNode, Position } from '../json/node.js'
import { childPointer } from '../json/pointer.js'
import type { Finding } from './finding.js'
import { lint } from './lint.js'
import type { Problem } from './problem.js'
import { type ParseOptions, readPolicy } from './read-policy.js'

/**
 * Finds every problem of a document: errors, security warnings, warnings and hints.
 *
 * @example
 * ```ts
 * findProblems(text, { type: 'identity' }).map(({ pointer, message }) => `${pointer}: ${message}`)
 * ```
 */
export function findProblems(source: unknown, options: ParseOptions = {}): readonly Problem[] {
  const { problems, policy, root, positionAt } = readPolicy(source, options)
  if (!policy || !root) return problems
  const findings = [...lint(policy), ...lintEmptyConditions(root)]
  return [...problems, ...findings.map((finding) => placed(finding, root, positionAt))]
}

/** An empty Condition leaves no trace in a parsed policy, so it is looked for in the document. */
function* lintEmptyConditions(root: JsonNode): Iterable<Finding> {
  const list = memberOf(root, 'Statement')
  for (const [index, statement] of (list?.kind === 'array' ? list.items : [list]).entries()) {
    const condition = statement && memberOf(statement, 'Condition')
    if (condition?.kind !== 'object') continue
    const isEmpty = ({ kind, ...node }: JsonNode) => 'members' in node && node.members.length === 0
    if (!isEmpty(condition) && !condition.members.some(({ node }) => isEmpty(node))) continue
    const path = ['Statement', index, 'Condition']
    yield {
      path,
      code: 'empty-object-condition',
      level: 'info',
      message: 'an empty condition always holds',
    }
  }
}

function memberOf(node: JsonNode, key: string): JsonNode | undefined {
  return node.kind === 'object'
    ? node.members.find((member) => member.key === key)?.node
    : undefined
}

/** Gives a finding its pointer and position. A single value stands for a list of one. */
function placed(
  { path, code, level = 'warning', message }: Finding,
  root: JsonNode,
  positionAt: ((offset: number) => Position) | undefined,
): Problem {
  let node = root
  let pointer = ''
  for (const step of path) {
    const next = typeof step === 'number' ? itemOf(node, step) : memberOf(node, step)
    if (!next) continue
    node = next
    pointer = childPointer(pointer, step)
  }
  const position = node.start >= 0 ? positionAt?.(node.start) : undefined
  return { code, level, pointer, message, ...(position && { position }) }
}

function itemOf(node: JsonNode, index: number): JsonNode | undefined {
  return node.kind === 'array' ? node.items[index] : undefined
}
