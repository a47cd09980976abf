/**
 * `npm run generate`: writes `src/generated/` anew.
 *
 * Errors  `Error` from `model-of.ts`.
 *
 * @module
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { generatedFiles } from './generated-files.js'

const folder = new URL('../src/generated/', import.meta.url)

const files = await generatedFiles()
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const [name, text] of files) await writeFile(new URL(name, folder), text)
console.log(`${files.size} files in src/generated`)
