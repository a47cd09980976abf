/**
 * Tells when something in a folder has changed, at any depth.
 *
 * Shape   one watcher a folder, set anew before each reading, so that no change falls between two of
 *         them. Every two seconds it is asked whether the folder itself has been exchanged, as a link to
 *         the current release is; one that cannot be watched is said to have changed each time.
 * Units   milliseconds.
 * Errors  None: what cannot be watched is told by {@link FolderWatch.refresh}.
 *
 * @module
 */
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

const LOOK_AGAIN = 2000
const MAX_DEPTH = 16
/** A folder that never comes to rest is read all the same. */
const MAX_WAIT = 10

export interface WatchOptions {
  readonly folder: string
  /** How long nothing may change before the folder is read. */
  readonly debounce: number
  readonly onChange: () => void
}

export class FolderWatch {
  readonly #options: WatchOptions
  readonly #interval: ReturnType<typeof setInterval>
  #watchers: readonly FSWatcher[] = []
  #identity = ''
  #isWhole = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #waitedSince: number | undefined

  constructor(options: WatchOptions) {
    this.#options = options
    this.#interval = setInterval(() => this.#lookAgain(), LOOK_AGAIN).unref()
  }

  /** Watches the folder as it is now. Answers why that is not possible, if so. */
  refresh(): string | undefined {
    const before = this.#watchers
    const watchers: FSWatcher[] = []
    this.#watchers = watchers
    try {
      this.#identity = identityOf(this.#options.folder)
      for (const folder of foldersIn(this.#options.folder)) {
        const watcher = watch(folder, { persistent: false }, () => this.#changed())
        watcher.on('error', () => this.#lost())
        watchers.push(watcher)
      }
      this.#isWhole = true
      return undefined
    } catch (error) {
      this.#isWhole = false
      return (error as Error).message
    } finally {
      for (const watcher of before) watcher.close()
    }
  }

  close(): void {
    clearInterval(this.#interval)
    clearTimeout(this.#timer)
    for (const watcher of this.#watchers) watcher.close()
    this.#watchers = []
  }

  #changed(): void {
    const { debounce, onChange } = this.#options
    const now = performance.now()
    this.#waitedSince ??= now
    const rest = Math.max(0, this.#waitedSince + debounce * MAX_WAIT - now)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => {
        this.#waitedSince = undefined
        onChange()
      },
      Math.min(debounce, rest),
    ).unref()
  }

  #lost(): void {
    this.#isWhole = false
    this.#changed()
  }

  #lookAgain(): void {
    if (!this.#isWhole || identityOf(this.#options.folder) !== this.#identity) this.#changed()
  }
}

/** Which folder it is, through all links; empty where there is none. */
function identityOf(folder: string): string {
  const found = statSync(folder, { throwIfNoEntry: false, bigint: true })
  return found ? `${found.dev}:${found.ino}` : ''
}

function foldersIn(root: string): readonly string[] {
  const walk = (folder: string, depth: number): readonly string[] => {
    if (depth > MAX_DEPTH) return []
    const inner = readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return [folder, ...inner.flatMap((path) => walk(path, depth + 1))]
  }
  return walk(root, 0)
}
