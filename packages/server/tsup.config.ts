import { existsSync } from 'node:fs'
import { defineConfig } from 'tsup'
import { seedPath, writeSeed } from './src/store/seed.js'

export default defineConfig({
  entry: ['src/index.ts', 'src/node.ts'],
  format: ['esm'],
  target: 'node20',
  sourcemap: true,
  clean: ['!pglite-*'], // tests that run meanwhile read it
  treeshake: true,
  onSuccess: async () => {
    if (!existsSync(seedPath())) await writeSeed()
  },
})
