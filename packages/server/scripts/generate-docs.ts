/**
 * The second half of `npm run generate`: writes the list of operations in `docs/compatibility.md` anew.
 *
 * Errors  `Error` from `operations-page.ts`.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises'
import { withOperations } from './operations-page.js'

const page = new URL('../../../docs/compatibility.md', import.meta.url)

await writeFile(page, await withOperations(await readFile(page, 'utf8')))
