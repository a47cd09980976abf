/**
 * Collects what is wrong with a document, and says in the end where it stands.
 *
 * Units   at most 1000 flaws of a document are kept, since a hostile one may have millions; a last problem
 *         then refuses it, whatever the others are.
 * Errors  None.
 *
 * @module
 */
import type { JsonNode, Position } from '../json/node.js'
import { type JsonPlace, visitPlaces } from '../json/places.js'
import { type Flaw, flawOf } from './flaw.js'
import type { Problem } from './problem.js'

/** Finds a line and a column; absent for a document that came as an object. */
export type PositionFinder = ((offset: number) => Position) | undefined

export interface Report {
  /** Takes what a check found, if it found anything. */
  readonly add: (place: JsonPlace, flaw: Flaw | undefined) => void
  /** Every problem, in the order of the document. */
  readonly problems: (root: JsonNode, positionAt: PositionFinder) => readonly Problem[]
}

const MAX_FLAWS = 1000
export function createReport(most = MAX_FLAWS): Report {
  const flaws = new Map<JsonPlace, Flaw[]>()
  let count = 0
  return {
    add(place, flaw) {
      if (!flaw) return
      count++
      if (count > most) return
      const others = flaws.get(place)
      if (others) others.push(flaw)
      else flaws.set(place, [flaw])
    },
    problems(root, positionAt) {
      const problems: Problem[] = []
      if (count > 0) {
        visitPlaces(root, (place, pointer) => {
          for (const flaw of flaws.get(place) ?? []) {
            problems.push(problemAt({ pointer, offset: place.start }, flaw, positionAt))
          }
        })
      }
      // What is not kept may be an error, while all that is kept are hints.
      if (count > most)
        problems.push(problemAt({ pointer: '', offset: 0 }, flawOf('too-many-problems'), undefined))
      return problems
    },
  }
}

/** Gives a flaw its place. */
export function problemAt(
  { pointer, offset }: { readonly pointer: string; readonly offset: number },
  { code, message, level = 'error' }: Flaw,
  positionAt: PositionFinder,
): Problem {
  return { code, level, pointer, message, ...(positionAt && { position: positionAt(offset) }) }
}
