/**
 * What a run is asked to do.
 *
 * Shape   `[W1 … W8 garbage hostile server] [--check] [--long] [--types]`; no part named means all of them.
 * Errors  {@link UsageError} (`ERR_USAGE`) from {@link readArguments}.
 *
 * @module
 */
import { WORKLOADS } from './workloads/scenario.js'

export const PARTS = [...WORKLOADS, 'garbage', 'hostile', 'server'] as const
export type Part = (typeof PARTS)[number]

export interface Arguments {
  readonly parts: readonly Part[]
  /** Whether all parts were asked for; only then results are written. */
  readonly isWhole: boolean
  readonly check: boolean
  readonly types: boolean
  readonly long: boolean
}

export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_USAGE'
}

const FLAGS = ['--check', '--long', '--types']

export function readArguments(words: readonly string[]): Arguments {
  const flags = words.filter((word) => word.startsWith('-'))
  const names = words.filter((word) => !word.startsWith('-'))
  const wrong = [
    ...flags.filter((flag) => !FLAGS.includes(flag)),
    ...names.filter((name) => !PARTS.some((part) => part === name)),
  ]
  if (wrong.length > 0) {
    throw new UsageError(`unknown \`${wrong[0]}\`; expected ${[...PARTS, ...FLAGS].join(', ')}`)
  }
  const isWhole = names.length === 0
  return {
    parts: PARTS.filter((part) => isWhole || names.includes(part)),
    isWhole,
    check: flags.includes('--check'),
    types: flags.includes('--types'),
    long: flags.includes('--long'),
  }
}
