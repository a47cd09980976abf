/**
 * Words for random choices.
 *
 * @module
 */
import fc from 'fast-check'

export const one = <T>(...values: readonly T[]) => fc.constantFrom(...values)
export const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) =>
  fc.array(arbitrary, { minLength: 1, maxLength })

/** Mostly the first; the weights are of ten. */
export const mostly = <T>(weight: number, usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 10 - weight, arbitrary: odd })
