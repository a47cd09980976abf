/**
 * Policies in JSON files: where a file lies says to whom or to what it is attached.
 *
 * Shape   `<account>/identity/everyone/<name>.json`      every caller of the account
 *         `<account>/identity/role/<role>/<name>.json`   the sessions of a role
 *         `<account>/identity/user/<user>/<name>.json`   a user
 *         `<account>/boundary/role/<role>.json`          a role's permissions boundary; `user` likewise
 *         `<account>/resource/<service>/<path>.json`     a resource, and what lies under it
 * Units   a file has at most 1 MiB.
 * Errors  {@link PolicyFilesError} (`ERR_POLICY_FILES_INVALID`) from {@link files}, with every problem.
 *
 * @module
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CompiledPolicy,
  compile,
  PolicyParseError,
  type PolicySource,
  parsePolicy,
} from '@iamkit/core'
import { type PolicyFileProblem, PolicyFilesError } from '../errors.js'
import { type Attachment, attachmentOf, PolicyShelf } from './shelf.js'

const MAX_BYTES = 1024 * 1024
const MAX_DEPTH = 16

/**
 * Reads a folder of policies, once, at start-up.
 *
 * @example
 * ```ts
 * createIam({ services: [docs], account: 'acme', policies: files('./policies'), identify })
 * ```
 */
export function files(folder: string): PolicySource {
  const shelf = readShelf(folder)
  return ({ principal, resource }) => shelf.find(principal, resource)
}

function readShelf(folder: string): PolicyShelf {
  const shelf = new PolicyShelf()
  const problems: PolicyFileProblem[] = []
  for (const file of listFiles(folder, problems)) {
    const attachment = attachmentOf(file)
    if (typeof attachment === 'string') {
      problems.push({ file, message: attachment })
      continue
    }
    const policy = readPolicy(folder, { file, attachment }, problems)
    if (policy) shelf.put(attachment, policy)
  }
  if (problems.length > 0) throw new PolicyFilesError(problems)
  return shelf
}

/** Every file below the folder, sorted, but for those with a leading dot and `README.md`. */
function listFiles(folder: string, problems: PolicyFileProblem[]): readonly string[] {
  const found: string[] = []
  const walk = (parts: readonly string[]): void => {
    const here = parts.join('/')
    if (parts.length > MAX_DEPTH) {
      problems.push({
        file: here,
        message: `folders may be nested ${MAX_DEPTH} deep; is a link circular?`,
      })
      return
    }
    for (const name of readdirSync(join(folder, ...parts)).sort()) {
      if (name.startsWith('.') || name === 'README.md') continue
      const path = [...parts, name]
      if (statSync(join(folder, ...path)).isDirectory()) walk(path)
      else found.push(path.join('/'))
    }
  }
  try {
    walk([])
  } catch (error) {
    problems.push({ file: folder, message: `cannot be read: ${(error as Error).message}` })
  }
  return found
}

interface Attached {
  readonly file: string
  readonly attachment: Attachment
}

function readPolicy(
  folder: string,
  { file, attachment }: Attached,
  problems: PolicyFileProblem[],
): CompiledPolicy | undefined {
  try {
    const bytes = readFileSync(join(folder, file))
    if (bytes.length > MAX_BYTES) throw new RangeError('is larger than 1 MiB')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return compile(parsePolicy(text, { type: attachment.type, name: file }))
  } catch (error) {
    if (!(error instanceof PolicyParseError)) {
      problems.push({ file, message: (error as Error).message })
      return undefined
    }
    for (const { pointer, message, position } of error.problems) {
      problems.push({
        file,
        pointer,
        ...(position && { line: position.line, column: position.column }),
        message,
      })
    }
    return undefined
  }
}
