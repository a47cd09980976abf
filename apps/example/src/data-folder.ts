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

/** Folders that this process itself has claimed. */
const claimed = new Set<string>()

/** Claims a folder, making it where it is missing. Gives back a function that ends the claim. */
export function claimFolder(folder: string): () => void {
  const lock = join(folder, 'lock')
  prepare(folder)
  if (!tryLock(lock) && !takeOver(lock)) throw inUse(folder, readFileSync(lock, 'utf8').trim())
  claimed.add(lock)
  return () => {
    if (claimed.delete(lock)) unlinkSync(lock)
  }
}

function prepare(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new DataFolderError(`cannot keep data in \`${folder}\`: it is no folder`, { cause })
  }
}

/** A link appears whole or not at all, so nobody ever reads a lock without its number. */
function tryLock(lock: string): boolean {
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, `${process.pid}\n`)
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

/** Replaces the lock of a process that has died. */
function takeOver(lock: string): boolean {
  const takeover = `${lock}.takeover`
  if (isHeld(lock)) return false
  writeFileSync(takeover, `${process.pid}\n`, { flag: 'wx' })
  try {
    if (isHeld(lock)) return false // another process was quicker
    const mine = `${lock}.${process.pid}`
    writeFileSync(mine, `${process.pid}\n`)
    renameSync(mine, lock)
    return true
  } finally {
    unlinkSync(takeover)
  }
}

function isHeld(lock: string): boolean {
  const pid = Number(readFileSync(lock, 'utf8'))
  if (pid === process.pid) return claimed.has(lock)
  return !Number.isInteger(pid) || pid <= 0 || isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

function inUse(folder: string, pid: string): DataFolderError {
  return new DataFolderError(
    `process ${pid} uses \`${folder}\`: stop it, or choose another folder with \`--data\``,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
