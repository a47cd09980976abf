/**
 * The checks that `npm test` runs: each is a root script of the same name.
 *
 * `needs` names the checks that must have passed before. `show` prints a check's output also when it passes.
 * They start in this order as lanes get free, so the long ones stand first.
 *
 * @typedef {{ readonly script: string, readonly needs?: readonly string[], readonly show?: boolean }} Step
 *
 * @module
 */

/** @type {readonly Step[]} */
export const steps = [
  { script: 'types' },
  { script: 'lint:biome' },
  { script: 'lint:oxlint' },
  { script: 'build' },
  { script: 'boundaries' },
  { script: 'knip' },
  { script: 'test:unit', show: true },
  { script: 'test:consumers', needs: ['build'] },
  { script: 'test:packages', needs: ['build'] },
  { script: 'size', needs: ['build'], show: true },
  { script: 'conformance', show: true },
]
