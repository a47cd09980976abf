/**
 * What the policies of one slot say: whether one of them denies, and whether they allow.
 *
 * Errors  None but that of an unknown operator.
 * Source  Specification 5.3.
 *
 * @module
 */
import type { Effect, PolicyDocument, StatementDocument } from '@iamkit/core'
import { statementsOf } from './document.js'
import type { DocumentLevel, DocumentSet, Slot } from './document-set.js'
import { type Question, statementApplies } from './statement.js'

/** The document that hangs at every level of an RCP hierarchy and cannot be detached. */
const BUILT_IN_RCP: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
}

/** Every statement of that effect that applies. */
export function applying(
  documents: readonly PolicyDocument[],
  effect: Effect,
  question: Question,
): readonly StatementDocument[] {
  return documents.flatMap((document) =>
    statementsOf(document).filter(
      (statement) => statement.Effect === effect && statementApplies(statement, document, question),
    ),
  )
}

/** The policies of a slot, by level where it has levels. Undefined where the slot holds none. */
function levelsOf(documents: DocumentSet, slot: Slot): readonly DocumentLevel[] | undefined {
  switch (slot) {
    case 'scp':
      return documents.scps ?? undefined
    case 'rcp':
      return documents.rcps?.map((level) => [BUILT_IN_RCP, ...level])
    case 'identity':
    case 'session':
      return documents[slot] ? [documents[slot]] : undefined
    case 'resource':
    case 'boundary':
    case 'endpoint':
      return documents[slot] ? [[documents[slot]]] : undefined
  }
}

/** Some Deny applies, at any level. */
export function denies(documents: DocumentSet, question: Question): boolean {
  const levels = levelsOf(documents, question.slot) ?? []
  return levels.some((level) => applying(level, 'Deny', question).length > 0)
}

/** Some Allow applies, at every level. A slot that holds no policy allows nothing. */
export function allows(documents: DocumentSet, question: Question): boolean {
  const levels = levelsOf(documents, question.slot)
  if (levels === undefined) return false
  return levels.every((level) => applying(level, 'Allow', question).length > 0)
}
