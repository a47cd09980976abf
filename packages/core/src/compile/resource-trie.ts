/**
 * A radix trie over the literal beginnings of resource patterns: its cost is that of walking one
 * resource, however many patterns there are.
 *
 * Shape   a node's label is compared at once; a pattern stands at the node where its literal ends.
 * Units   a pattern that begins with a wildcard stands at the root, and is asked every time.
 * Errors  None.
 * Source  `docs/concepts/performance.md`.
 *
 * @module
 */
import { compileLiteralAt } from '../glob/literal.js'
import type { RequestContext } from '../request/context.js'
import type { AuthorizationRequest } from '../request/request.js'
import type { CompiledStatement } from './compiled-policy.js'
import { compileResourceElement, type Slot } from './gate.js'
import { createRow, type Find, isEnough, type Row } from './row.js'

interface Node {
  label: string
  /** Compares a long label at once; comparing its characters would cost more. */
  standsAt: ((text: string, at: number) => boolean) | undefined
  children: Map<number, Node> | undefined
  /** Patterns that are met as soon as the walk comes here. */
  here: Row[] | undefined
  /** Patterns that are met where the resource ends here. */
  whole: Row[] | undefined
}

export function createTrie(statements: readonly CompiledStatement[], slot: Slot): Find {
  const root = createNode('')
  for (const statement of statements) insertStatement(root, statement, slot)
  seal(root)
  return (request, context, into) => walk(root, { request, context }, into)
}

function createNode(label: string): Node {
  return { label, standsAt: undefined, children: undefined, here: undefined, whole: undefined }
}

function insertStatement(root: Node, statement: CompiledStatement, slot: Slot): void {
  const { patterns, source } = statement
  if (!patterns || source.notResources) {
    addHere(root, createRow(statement, slot, compileResourceElement(statement, slot)))
    return
  }
  for (const { kind, literal, covers } of patterns) {
    if (kind === 'never') continue
    const node = insert(root, literal)
    const row = createRow(statement, slot, covers)
    if (kind !== 'exact') addHere(node, row)
    else if (node.whole) node.whole.push(row)
    else node.whole = [row]
  }
}

function addHere(node: Node, row: Row): void {
  if (node.here) node.here.push(row)
  else node.here = [row]
}

function addChild(node: Node, child: Node): void {
  node.children ??= new Map()
  node.children.set(child.label.charCodeAt(0), child)
}

/** The node where a literal ends; made, and others split for it, where there is none. */
function insert(root: Node, literal: string): Node {
  let node = root
  let at = 0
  while (at < literal.length) {
    const child = node.children?.get(literal.charCodeAt(at))
    if (!child) {
      const made = createNode(literal.slice(at))
      addChild(node, made)
      return made
    }
    const common = commonLength(child.label, literal, at)
    node = common < child.label.length ? split(node, child, common) : child
    at += common
  }
  return node
}

function commonLength(label: string, literal: string, at: number): number {
  let i = 0
  while (i < label.length && label.charCodeAt(i) === literal.charCodeAt(at + i)) i++
  return i
}

/** Puts a node between a parent and its child, where the first part of the label ends. */
function split(parent: Node, child: Node, length: number): Node {
  const middle = createNode(child.label.slice(0, length))
  child.label = child.label.slice(length)
  addChild(middle, child)
  addChild(parent, middle)
  return middle
}

const LONG_LABEL = 12

function seal(root: Node): void {
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.label.length >= LONG_LABEL) node.standsAt = compileLiteralAt(node.label)
    if (node.children) open.push(...node.children.values())
  }
}

interface Asked {
  readonly request: AuthorizationRequest
  readonly context: RequestContext
}

function walk(root: Node, asked: Asked, into: Row[] | undefined): boolean {
  const { resource } = asked.request
  let node = root
  let at = 0
  for (;;) {
    if (node.here && meets(node.here, asked, into)) return true
    if (at === resource.length) return node.whole !== undefined && meets(node.whole, asked, into)
    const next = node.children?.get(resource.charCodeAt(at))
    if (!next || !standsAt(next, resource, at)) return false
    at += next.label.length
    node = next
  }
}

function standsAt({ label, standsAt: compare }: Node, resource: string, at: number): boolean {
  if (compare) return compare(resource, at)
  for (let i = 1; i < label.length; i++) {
    if (label.charCodeAt(i) !== resource.charCodeAt(at + i)) return false
  }
  return true
}

function meets(
  rows: readonly Row[],
  { request, context }: Asked,
  into: Row[] | undefined,
): boolean {
  for (const row of rows) {
    if (row.covers && !row.covers(request.resource, context)) continue
    if (row.gate && !row.gate(request, context)) continue
    if (isEnough(row, into)) return true
  }
  return false
}
