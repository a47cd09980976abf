import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { withOperations } from '../scripts/operations-page.js'

describe('docs/compatibility.md', () => {
  it('lists the operations as they are: `npm run generate` writes it', async () => {
    const page = await readFile(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8')
    expect(page).toBe(await withOperations(page))
  })
})
