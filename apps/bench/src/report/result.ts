/**
 * Everything that a run has found.
 *
 * Shape   a part that was not asked for is absent.
 * Errors  None.
 *
 * @module
 */
import type { CorpusRow } from '../parts/corpus-child.js'
import type { Decisions } from '../parts/decisions.js'
import type { FirstDecision } from '../parts/first-decision-child.js'
import type { GarbageRow } from '../parts/garbage-child.js'
import type { HostileRow } from '../parts/hostile-child.js'
import type { PrincipalsRow } from '../parts/principals-child.js'
import type { ServerFigures } from '../parts/server.js'
import type { Web } from '../parts/web.js'
import type { Machine } from './machine.js'

export interface Result {
  readonly machine: Machine
  /** Name → exact version. */
  readonly versions: Readonly<Record<string, string>>
  readonly decisions: Decisions | undefined
  readonly firstDecision: FirstDecision | undefined
  readonly principals: readonly PrincipalsRow[] | undefined
  readonly corpus: CorpusRow | undefined
  readonly web: Web | undefined
  readonly garbage: readonly GarbageRow[] | undefined
  readonly hostile: readonly HostileRow[] | undefined
  readonly server: ServerFigures | undefined
}
