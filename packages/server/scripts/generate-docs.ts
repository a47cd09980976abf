/**
 * The second half of `npm run generate`: writes the list of operations in `docs/compatibility.md` and the document of
 * iamkit's own service, `docs/generated/openapi.json`, anew.
 *
 * Errors  `Error` from `operations-page.ts`.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises'
import { openApi } from '../src/apps/openapi.js'
import { withOperations } from './operations-page.js'

const page = new URL('../../../docs/compatibility.md', import.meta.url)

await writeFile(page, await withOperations(await readFile(page, 'utf8')))
await writeFile(new URL('../../../docs/generated/openapi.json', import.meta.url), openApiText())

function openApiText(): string {
  return `${JSON.stringify(openApi(), null, 2)}\n`
}
