/**
 * `application/x-www-form-urlencoded` → a tree: `Tags.member.1.Key=a` is `Tags` → `member` → `1` → `Key`.
 *
 * Units   at most 10,000 parameters, and 8 parts of a name: a tree is made of what nobody has signed for yet.
 * Errors  {@link Fault}: `MalformedQueryString` for text that cannot be decoded, a name given twice, and more than that.
 *
 * @module
 */
import { Fault } from '../fault.js'

const MAX_PARAMETERS = 10_000
const MAX_PARTS = 8

export interface FormNode {
  /** What was given for the name that ends here. */
  value?: string
  readonly children: Map<string, FormNode>
}

/** @param texts query and body; a name may stand in one of them, and once */
export function readForm(...texts: readonly string[]): FormNode {
  const root: FormNode = { children: new Map() }
  let count = 0
  for (const text of texts) {
    for (let start = 0; start < text.length; ) {
      const next = text.indexOf('&', start)
      const end = next < 0 ? text.length : next
      if (end > start) put(root, text.slice(start, end))
      count += 1
      if (count > MAX_PARAMETERS) throw malformed(`more than ${MAX_PARAMETERS} parameters`)
      start = end + 1
    }
  }
  return root
}

function put(root: FormNode, pair: string): void {
  const equals = pair.indexOf('=')
  const name = decode(equals < 0 ? pair : pair.slice(0, equals))
  const parts = name.split('.', MAX_PARTS + 1)
  if (parts.length > MAX_PARTS)
    throw malformed(`a parameter's name has more than ${MAX_PARTS} parts`)
  let node = root
  for (const part of parts) {
    let child = node.children.get(part)
    if (!child) {
      child = { children: new Map() }
      node.children.set(part, child)
    }
    node = child
  }
  if (node.value !== undefined)
    throw malformed(`the parameter \`${name.slice(0, 64)}\` is given twice`)
  node.value = equals < 0 ? '' : decode(pair.slice(equals + 1))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw malformed('a parameter is not percent-encoded UTF-8')
  }
}

function malformed(problem: string): Fault {
  return new Fault('MalformedQueryString', `The query string is malformed: ${problem}.`, 400)
}
