/**
 * The checks that `npm test` runs: each is a root script of the same name.
 *
 * `needs` names the checks that must have passed before. `show` is how many of its last lines are printed when
 * it passes; one that fails prints everything. They start in this order as lanes get free.
 *
 * @typedef {{ readonly script: string, readonly needs?: readonly string[], readonly show?: number }} Step
 *
 * @module
 */

/** @type {readonly Step[]} */
export const steps = [
  // First, since it takes longest and often waits: the others fill what it leaves of the machine.
  { script: 'test:unit', show: 7 },
  { script: 'build' },
  { script: 'test:built', needs: ['build'], show: 7 },
  { script: 'types' },
  { script: 'lint:biome' },
  { script: 'lint:oxlint' },
  { script: 'boundaries' },
  { script: 'knip' },
  { script: 'test:consumers', needs: ['build'] },
  { script: 'test:packages', needs: ['build'] },
  { script: 'size', needs: ['build'], show: 8 },
  { script: 'conformance', show: 1 },
]
