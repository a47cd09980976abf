import { defineConfig } from 'tsup'
import { writeSeed } from './src/store/seed.js'

export default defineConfig({
  entry: ['src/index.ts', 'src/node.ts'],
  format: ['esm'],
  target: 'node20',
  sourcemap: true,
  clean: true,
  treeshake: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0', customConditions: [] } },
  onSuccess: () => writeSeed(),
})
