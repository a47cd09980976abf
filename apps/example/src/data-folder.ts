/**
 * The folder in which the app keeps its data, claimed by one process at a time.
 *
 * Shape   `lock` holds the number of the process that claimed the folder. One that has died without
 *         giving it back is replaced; whoever replaces it holds `lock.takeover` meanwhile.
 * Errors  {@link DataFolderError} (`ERR_DATA_FOLDER`) from {@link claimFolder}.
 *
 * @module
 */
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataFolderError } from './errors.js'

/** Locks that this process itself holds. */
const held = new Set<string>()

/** Claims a folder, making it where it is missing. Gives back a function that ends the claim. */
export function claimFolder(folder: string): () => void {
  const lock = join(folder, 'lock')
  try {
    mkdirSync(folder, { recursive: true })
    if (!create(lock) && !takeOver(lock)) throw inUse(folder, lock)
  } catch (cause) {
    if (cause instanceof DataFolderError) throw cause
    throw new DataFolderError(`cannot keep data in \`${folder}\`: ${(cause as Error).message}`, {
      cause,
    })
  }
  held.add(lock)
  return () => {
    if (held.delete(lock)) unlinkSync(lock)
  }
}

/** A link appears whole or not at all, so nobody ever reads a lock without its number. */
function create(lock: string): boolean {
  const mine = writeNumber(lock)
  try {
    linkSync(mine, lock)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    unlinkSync(mine)
  }
}

/** Replaces the lock of a process that has died. False: it lives. */
function takeOver(lock: string): boolean {
  if (isAlive(lock)) return false
  const takeover = `${lock}.takeover`
  // Left behind only by a process that died within these few lines: a person may delete it.
  writeFileSync(takeover, `${process.pid}\n`, { flag: 'wx' })
  try {
    if (isAlive(lock)) return false // another process was quicker
    renameSync(writeNumber(lock), lock)
    return true
  } finally {
    unlinkSync(takeover)
  }
}

function writeNumber(lock: string): string {
  const file = `${lock}.${process.pid}`
  writeFileSync(file, `${process.pid}\n`)
  return file
}

/** A lock that cannot be read is one that somebody holds. */
function isAlive(lock: string): boolean {
  const pid = Number(readFileSync(lock, 'utf8'))
  if (pid === process.pid) return held.has(lock)
  if (!Number.isInteger(pid) || pid <= 0) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

function inUse(folder: string, lock: string): DataFolderError {
  const pid = readFileSync(lock, 'utf8').trim()
  return new DataFolderError(
    `process ${pid} uses \`${folder}\`: stop it, or choose another folder with \`--data\``,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
