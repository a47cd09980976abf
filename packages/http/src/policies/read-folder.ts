/**
 * A folder of policy files → a shelf of policies, or every problem of every file.
 *
 * Units   a file has at most 1 MiB; folders may be nested 16 deep.
 * Errors  {@link PolicyFilesError} (`ERR_POLICY_FILES_INVALID`) from {@link readFolder}.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type CompiledPolicy, compile, PolicyParseError, parsePolicy } from '@iamkit/core'
import { type PolicyFileProblem, PolicyFilesError } from '../errors.js'
import { type Attachment, attachmentOf, PolicyShelf } from './shelf.js'

const MAX_BYTES = 1024 * 1024
const MAX_DEPTH = 16

/** A file as it was read: what has not changed is not compiled again. */
interface KnownFile {
  readonly text: string
  readonly policy: CompiledPolicy
}

export interface FolderContent {
  readonly shelf: PolicyShelf
  readonly files: ReadonlyMap<string, KnownFile>
}

/** Reads the folder whole. `before`: what an earlier reading found; given back where nothing has changed. */
export function readFolder(folder: string, before?: FolderContent): FolderContent {
  const shelf = new PolicyShelf()
  const files = new Map<string, KnownFile>()
  const problems: PolicyFileProblem[] = []
  for (const file of listFiles(folder, problems)) {
    const attachment = attachmentOf(file)
    if (typeof attachment === 'string') {
      problems.push({ file, message: attachment })
      continue
    }
    const known = readPolicy(
      folder,
      { file, attachment, before: before?.files.get(file) },
      problems,
    )
    if (known === undefined) continue
    files.set(file, known)
    shelf.put(attachment, known.policy)
  }
  if (problems.length > 0) throw new PolicyFilesError(problems)
  const isSame =
    files.size === before?.files.size &&
    [...files].every(([file, known]) => before.files.get(file) === known)
  return isSame ? before : { shelf, files }
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
    problems.push({ file: folder, message: unreadable(folder, error as NodeJS.ErrnoException) })
  }
  return found
}

/** A relative path depends on where the app was started, which is mostly what is wrong. */
function unreadable(folder: string, { code, message }: NodeJS.ErrnoException): string {
  if (code !== 'ENOENT' || existsSync(folder)) return `cannot be read: ${message}`
  return `there is no such folder; it would be \`${resolve(folder)}\``
}

interface Attached {
  readonly file: string
  readonly attachment: Attachment
  readonly before: KnownFile | undefined
}

function readPolicy(
  folder: string,
  { file, attachment, before }: Attached,
  problems: PolicyFileProblem[],
): KnownFile | undefined {
  try {
    const bytes = readFileSync(join(folder, file))
    if (bytes.length > MAX_BYTES) throw new RangeError('is larger than 1 MiB')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (before?.text === text) return before
    return { text, policy: compile(parsePolicy(text, { type: attachment.type, name: file })) }
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
