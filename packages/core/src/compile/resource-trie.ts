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
import type { CompiledStatement } from './compiled-policy.js'
import { compileResourceElement, type Slot } from './gate.js'
import { coverOf } from './resource-cover.js'
import { indexOf, type ResourceIndex } from './resource-index.js'
import { createRow, type Find, findAmong, type Row } from './row.js'

/** A node while patterns are put in. */
interface Growing {
  label: string
  readonly children: Map<number, Growing>
  /** Patterns that are met as soon as the walk comes here. */
  readonly here: Row[]
  /** Patterns that are met where the resource ends here. */
  readonly whole: Row[]
}

/** A node that is asked. */
interface Node {
  readonly label: string
  /** Compares a long label at once; comparing its characters would cost more. */
  readonly standsAt: ((text: string, at: number) => boolean) | undefined
  readonly here: Find | undefined
  readonly whole: Find | undefined
  /** By the code of the first character of their labels, counted from `low`. */
  readonly children: readonly (Node | undefined)[]
  readonly low: number
  /** Instead of `children`, where their codes lie far apart. */
  readonly far: ReadonlyMap<number, Node> | undefined
}

export function trieIndex(statements: readonly CompiledStatement[], slot: Slot): ResourceIndex {
  return indexOf(statements, slot, { rows: [], find: createTrie(statements, slot) })
}

export function createTrie(statements: readonly CompiledStatement[], slot: Slot): Find {
  const growing = grow('')
  for (const statement of statements) insertStatement(growing, statement, slot)
  const root = seal(growing)
  return (request, context, into) => {
    const { resource } = request
    let node = root
    let at = 0
    for (;;) {
      if (node.here?.(request, context, into)) return true
      if (at === resource.length) return node.whole?.(request, context, into) === true
      const next = childOf(node, resource.charCodeAt(at))
      if (!next || !standsAt(next, resource, at)) return false
      at += next.label.length
      node = next
    }
  }
}

function grow(label: string): Growing {
  return { label, children: new Map(), here: [], whole: [] }
}

function insertStatement(root: Growing, statement: CompiledStatement, slot: Slot): void {
  const { patterns, source } = statement
  if (!patterns || source.notResources) {
    root.here.push(createRow(statement, slot, compileResourceElement(statement, slot)))
    return
  }
  for (const { kind, literal, covers } of patterns) {
    if (kind === 'never') continue
    const node = insert(root, literal)
    const row = createRow(statement, slot, covers && coverOf(covers))
    if (kind === 'exact') node.whole.push(row)
    else node.here.push(row)
  }
}

function addChild(node: Growing, child: Growing): void {
  node.children.set(child.label.charCodeAt(0), child)
}

/** The node where a literal ends; made, and others split for it, where there is none. */
function insert(root: Growing, literal: string): Growing {
  let node = root
  let at = 0
  while (at < literal.length) {
    const child = node.children.get(literal.charCodeAt(at))
    if (!child) {
      const made = grow(literal.slice(at))
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
function split(parent: Growing, child: Growing, length: number): Growing {
  const middle = grow(child.label.slice(0, length))
  child.label = child.label.slice(length)
  addChild(middle, child)
  addChild(parent, middle)
  return middle
}

const LONG_LABEL = 12
const FAR = 128

/** Deep as the longest literal, which policies bound at 2048 characters. */
function seal({ label, children, here, whole }: Growing): Node {
  const below = children.size > 0 ? sealChildren(children) : CHILDLESS
  return {
    label,
    standsAt: label.length >= LONG_LABEL ? compileLiteralAt(label) : undefined,
    here: here.length > 0 ? findAmong(here) : undefined,
    whole: whole.length > 0 ? findAmong(whole) : undefined,
    children: below.children,
    low: below.low,
    far: below.far,
  }
}

type Children = Pick<Node, 'children' | 'low' | 'far'>

const CHILDLESS: Children = { children: [], low: 0, far: undefined }

function sealChildren(growing: ReadonlyMap<number, Growing>): Children {
  const sealed = new Map([...growing].map(([code, child]) => [code, seal(child)]))
  const low = Math.min(...sealed.keys())
  const span = Math.max(...sealed.keys()) - low + 1
  if (span > FAR) return { ...CHILDLESS, far: sealed }
  return {
    children: Array.from({ length: span }, (_, i) => sealed.get(low + i)),
    low,
    far: undefined,
  }
}

function childOf({ children, low, far }: Node, code: number): Node | undefined {
  if (far) return far.get(code)
  const i = code - low
  return i >= 0 && i < children.length ? children[i] : undefined
}

function standsAt({ label, standsAt: compare }: Node, resource: string, at: number): boolean {
  if (compare) return compare(resource, at)
  for (let i = 1; i < label.length; i++) {
    if (label.charCodeAt(i) !== resource.charCodeAt(at + i)) return false
  }
  return true
}
