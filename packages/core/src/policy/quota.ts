/**
 * How long a policy may be.
 *
 * Units   characters (UTF-16 code units); blanks outside strings do not count, but in SCPs and RCPs.
 * Errors  None.
 * Source  Specification 1.8.
 *
 * @module
 */
import type { JsonNode } from '../json/node.js'
import type { PolicyType } from './document.js'
import type { Flaw } from './report.js'
import { NOUNS } from './type-rules.js'

export type Quotas = { readonly [Type in PolicyType]: number }

export const QUOTAS: Quotas = {
  identity: 6144,
  boundary: 6144,
  session: 2048,
  trust: 2048,
  scp: 10_240,
  rcp: 5120,
  resource: 20_480,
  endpoint: 20_480,
}

/** `text` is absent where the document came as an object; it then counts as it would be printed. */
export function quotaFlaw(
  source: { readonly node: JsonNode; readonly text?: string },
  type: PolicyType,
  quotas: Partial<Quotas>,
): Flaw | undefined {
  const quota = quotas[type] ?? QUOTAS[type]
  const countsBlanks = type === 'scp' || type === 'rcp'
  const length =
    countsBlanks && source.text !== undefined ? source.text.length : printedLength(source.node)
  if (length <= quota) return undefined
  const message = `${NOUNS[type]} has at most ${quota} characters, this one ${length}; the option \`quotas\` lifts the bound`
  return { code: `policy-size-exceeds-${type}-quota`, message }
}

/** The length of a value printed without blanks. */
function printedLength(node: JsonNode): number {
  const commas = (count: number) => Math.max(0, count - 1)
  switch (node.kind) {
    case 'object':
      return node.members.reduce(
        (sum, { key, node: value }) => sum + quotedLength(key) + 1 + printedLength(value),
        2 + commas(node.members.length),
      )
    case 'array':
      return node.items.reduce(
        (sum, item) => sum + printedLength(item),
        2 + commas(node.items.length),
      )
    case 'string':
      return quotedLength(node.value)
    case 'number':
      return node.text.length
    case 'boolean':
      return node.value ? 4 : 5
    case 'null':
      return 4
  }
}

function quotedLength(text: string): number {
  return JSON.stringify(text).length
}
