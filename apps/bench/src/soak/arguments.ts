/**
 * How long to soak.
 *
 * Shape   `[--minutes N]`; 10 if absent, fractions allowed.
 * Errors  {@link UsageError} (`ERR_USAGE`) from {@link readSoakArguments}.
 *
 * @module
 */
import { UsageError } from '../arguments.js'

const MAX_MINUTES = 24 * 60

export interface SoakArguments {
  readonly minutes: number
}

export function readSoakArguments(words: readonly string[]): SoakArguments {
  const [name, value, ...rest] = words
  if (name === undefined) return { minutes: 10 }
  const minutes = Number(value)
  const isSound = /^\d+(?:\.\d+)?$/.test(value ?? '') && minutes > 0 && minutes <= MAX_MINUTES
  if (name !== '--minutes' || rest.length > 0 || !isSound) {
    throw new UsageError(`expected \`--minutes N\`, from 0 to ${MAX_MINUTES}`)
  }
  return { minutes }
}
