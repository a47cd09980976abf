import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    kysely: 'src/filter/kysely.ts',
    prisma: 'src/filter/prisma.ts',
    refusals: 'src/policy/find-refusals.ts',
  },
  format: ['esm'],
  target: 'es2022',
  sourcemap: true,
  clean: true,
  treeshake: true,
})
