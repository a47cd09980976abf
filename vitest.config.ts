import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const BUILT = ['scripts/docs.test.ts', 'packages/cli/test/serve.test.ts']

/**
 * One project, so that a process reads a module once and not again for each package that has tests of it:
 * `vitest run packages/core` runs those of one package.
 */
const unit = {
  extends: true as const,
  test: {
    name: 'unit',
    include: ['{packages,apps,scripts}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'packages/server/test/clients/**', ...BUILT],
  },
}

/** What people start, as they start it: from the packages as built. `npm run test:built`. */
const built = { extends: true as const, test: { name: 'built', include: BUILT } }

/** Tests that are content with a sample, run in full: `npm run thorough`, and CI. */
const thorough = {
  extends: true as const,
  test: {
    name: 'thorough',
    include: [
      'packages/testing/test/{closed*,holes}.test.ts',
      'packages/conformance/test/differential.test.ts',
      'packages/server/test/store/kill.test.ts',
      'apps/example/test/bypass.test.ts',
    ],
    env: { IAMKIT_THOROUGH: '1' },
  },
}

/** Clients that a machine may have, such as Terraform, take minutes: `npm run clients`, and CI. */
const clients = {
  extends: true as const,
  test: { name: 'clients', root: 'packages/server/test/clients', include: ['**/*.test.ts'] },
}

/** What takes longest: begun last, it would keep one core busy while the other has nothing left to do. */
const LONG =
  /(example[/]test[/](main|bypass|page|list)|holes|client[/]test[/]faults|store[/]kill)\.test\.ts$/

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/**
 * Workspace packages resolve to their sources: no build comes before a test. `import` and `require`
 * are not named: these conditions hold for Node as well, where a `require` would then find a module.
 */
const conditions = ['@iamkit/source', 'node']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects: [unit, built, thorough, clients],
    // A process a file would read the same modules 300 times. No file mocks one, or leaves a global changed.
    isolate: false,
    sequence: { sequencer: LongFirst },
    globalSetup: new URL('scripts/pglite-seed.ts', import.meta.url).pathname,
    hookTimeout: 60_000, // a first PGlite on a busy machine takes long
    // Absent, one core is left idle: on two that is half of the machine. One more works while others wait.
    maxWorkers: availableParallelism() + 1,
    maxConcurrency: 2, // tests side by side in one file start processes
    testTimeout: 30_000, // a test that bounds time says so itself; this ends one that hangs
    slowTestThreshold: 2_000,
    reporters: [
      'default',
      ['json', { outputFile: process.env.IAMKIT_REPORT ?? '.vitest/results.json' }],
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'json-summary'],
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
    },
  },
})
