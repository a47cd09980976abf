/**
 * How long a policy may be.
 *
 * Units   characters (UTF-16 code units); blanks outside strings do not count, but in SCPs and RCPs.
 * Errors  None.
 * Source  Specification 1.8.
 *
 * @module
 */
import type { PolicyType } from './document.js'
import { type Flaw, flawOf } from './flaw.js'

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

/** A document's length as it was written, and without its blanks. */
export interface Lengths {
  readonly written: number
  readonly withoutBlanks: number
}

export function quotaFlaw(
  { written, withoutBlanks }: Lengths,
  type: PolicyType,
  quotas: Partial<Quotas>,
): Flaw | undefined {
  const quota = quotas[type] ?? QUOTAS[type]
  const length = type === 'scp' || type === 'rcp' ? written : withoutBlanks
  if (length <= quota) return undefined
  const remedy = `expected at most ${quota} characters; the option \`quotas\` lifts the bound`
  return flawOf(`policy-size-exceeds-${type}-quota`, String(length), remedy)
}
