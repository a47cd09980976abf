/**
 * An app under observation, and the walk through its routes that puts it there.
 *
 * Errors  None.
 *
 * @module
 */
import type { Target } from './attack.js'
import type { PathParams } from './sample-path.js'

export interface ObservedApp {
  readonly targets: readonly Target[]
  /** Paths of routes that everybody may call. */
  readonly publicPaths: readonly string[]
  /** Routes of which no path could be made. */
  readonly unknown: readonly string[]
  /** Why a handler that ran was not seen; undefined where each was. Absent: each always is. */
  readonly problem?: () => string | undefined
  /** Takes the watchers away. */
  restore(): void
}

/** What the walk has found so far. */
export interface Survey {
  readonly targets: Target[]
  readonly publicPaths: string[]
  readonly unknown: string[]
  readonly params: PathParams
}

/** The paths of one place, undefined where the framework does not tell them, and their text. */
export interface Aim {
  readonly paths: readonly string[] | undefined
  readonly text: string
}

export function addTarget(
  { targets, unknown }: Survey,
  { paths, text }: Aim,
  methods: readonly string[],
): void {
  if (paths === undefined) unknown.push(text)
  for (const path of paths ?? []) targets.push({ route: text, path, methods })
}
