/**
 * What is wrong with one value or key, before it has a place.
 *
 * Shape   a message is its code in words, then the value, then what would be right where the code does
 *         not tell: ``invalid effect `allow`; expected `Allow` or `Deny` ``.
 * Errors  None.
 *
 * @module
 */
import { cut } from '../errors.js'
import type { ProblemLevel } from './problem.js'

export interface Flaw {
  readonly code: string
  readonly message: string
  /** Absent: `error`. */
  readonly level?: ProblemLevel
}

export function flawOf(code: string, value?: string, remedy?: string): Flaw {
  const shown = value === undefined ? '' : ` \`${cut(value)}\``
  const mended = remedy === undefined ? '' : `; ${remedy}`
  return { code, message: `${code.replaceAll('-', ' ')}${shown}${mended}` }
}

/** A test that is true of values with a flaw, then the flaw's code and remedy. */
export type Rule = readonly [
  hasFlaw: { readonly test: (value: string) => boolean },
  code: string,
  remedy?: string,
]

/** The flaw of the first rule that a value breaks. */
export function firstFlaw(value: string, rules: readonly Rule[]): Flaw | undefined {
  const broken = rules.find(([hasFlaw]) => hasFlaw.test(value))
  return broken && flawOf(broken[1], value, broken[2])
}

/** For elements in which no variable is ever replaced. */
export const NO_VARIABLE: Rule = [/\$\{/, 'variable-unsupported-in-element']
