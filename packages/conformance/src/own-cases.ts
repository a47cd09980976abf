/**
 * The cases of this package.
 *
 * Errors  {@link CaseError} (`ERR_CASE_INVALID`) from {@link readOwnCases}.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { type Case, parseCaseFile } from './case.js'
import { CaseError } from './errors.js'

/** One level up from sources and from the built file alike. */
const FOLDER = new URL('../cases/', import.meta.url)

export interface CaseFile {
  readonly name: string
  readonly cases: readonly Case[]
}

/** Every file under `cases/`, in the order of their names. */
export function readOwnCases(): readonly CaseFile[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  const files = names.sort().map((name) => ({
    name: `cases/${name}`,
    cases: parseCaseFile(readFileSync(new URL(name, FOLDER), 'utf8'), name),
  }))
  if (files.length === 0) throw new CaseError('cases/', 'no files')
  return files
}
