import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `src/page.ts` builds by it, into memory. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['@iamkit/source', 'module', 'browser', 'production'] },
  build: { assetsInlineLimit: 0, modulePreload: false },
})
