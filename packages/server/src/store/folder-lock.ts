/**
 * Keeps a second process out of a folder.
 *
 * Shape   a file that says who holds the folder, touched every two seconds. It is taken over from a process that is
 *         gone: one of this machine is looked up; one of another machine or container is watched for ten seconds.
 * Errors  `StoreError` `refused`, which names the holder; the file system's own.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { StoreError } from './store-error.js'

const TOUCH = 2_000
const WATCH = 10_000

interface Holder {
  readonly token: string
  readonly pid: number
  /** The machine, and the container: processes of another cannot be looked up. */
  readonly host: string
  /** When the process started, since numbers come again. Empty where the system does not say. */
  readonly started: string
}

export interface FolderLock {
  readonly release: () => Promise<void>
}

/** Locks an existing folder until it is released, or this process ends. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock')
  const { pid } = process
  const me: Holder = { token: randomUUID(), pid, host: thisHost(), started: startOf(pid) }
  const draft = `${path}.${me.token}`
  await writeFile(draft, JSON.stringify(me))
  try {
    if (!(await take(draft, path))) {
      await removeDead(path)
      if (!(await take(draft, path))) throw refused(path, await holderOf(path))
    }
  } finally {
    await rm(draft, { force: true })
  }
  return hold(path, me)
}

/** A link is made whole or not at all, and by one only. */
async function take(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function hold(path: string, { token }: Holder): FolderLock {
  const touching = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => {}) // taken away by hand: the next one may come in
  }, TOUCH).unref()
  return {
    release: async () => {
      clearInterval(touching)
      if ((await holderOf(path))?.token === token) await rm(path, { force: true })
    },
  }
}

/** Takes away the lock of a holder that is gone; refuses when it is not. */
async function removeDead(path: string): Promise<void> {
  const holder = await holderOf(path)
  if (holder && (await isAlive(holder, path))) throw refused(path, holder)
  const grave = `${path}.${randomUUID()}`
  await rename(path, grave).catch(() => {}) // somebody else was quicker
  const buried = await holderOf(grave)
  // between looking and taking away, somebody else may have taken over: then it is theirs
  if (buried && buried.token !== holder?.token) await link(grave, path).catch(() => {})
  await rm(grave, { force: true })
}

async function isAlive({ host, pid, started }: Holder, path: string): Promise<boolean> {
  if (host !== thisHost()) return isTouched(path)
  if (started !== '') return startOf(pid) === started
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

async function isTouched(path: string): Promise<boolean> {
  const before = await touchOf(path)
  const end = Date.now() + WATCH
  while (Date.now() < end) {
    await setTimeout(TOUCH / 4)
    if ((await touchOf(path)) !== before) return true
  }
  return false
}

async function touchOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  )
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder
  } catch {
    return undefined // gone, or no lock of ours
  }
}

function thisHost(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

/** The 22nd field of Linux's `stat`, counted after the name in brackets, which may hold anything. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function refused(path: string, holder: Holder | undefined): StoreError {
  const who = holder ? `process ${holder.pid} on \`${holder.host}\`` : 'another process'
  const way = 'one process at a time may use a data folder; several share a PostgreSQL'
  return new StoreError('refused', `\`${path}\` is held by ${who}: ${way}`)
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
