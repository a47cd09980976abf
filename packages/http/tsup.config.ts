import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    bearer: 'src/identity/bearer.ts',
    files: 'src/policies/files.ts',
    node: 'src/node/node.ts',
    otel: 'src/telemetry/otel.ts',
    signed: 'src/identity/signed.ts',
  },
  format: ['esm'],
  target: 'node20',
  sourcemap: true,
  clean: true,
  treeshake: true,
})
