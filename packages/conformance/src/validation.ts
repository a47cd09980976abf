/**
 * Validation cases: documents that AWS accepts or refuses.
 *
 * Shape   `{ format: 'iamkit-validation/1', cases }`; a document that is a string is the text itself.
 * Errors  {@link CaseError} (`ERR_CASE_INVALID`) from {@link validationCasesIn}.
 * Source  The README beside the data.
 *
 * @module
 */
import type { PolicyType } from '@iamkit/core'
import { findRefusals } from '@iamkit/core/refusals'
import { isObject, listAt, objectAt, oneOf, stringAt } from './json-shape.js'
import type { Report } from './run.js'

const POLICY_TYPES = [
  'identity',
  'resource',
  'trust',
  'boundary',
  'session',
  'endpoint',
  'scp',
  'rcp',
  'any',
] as const

export interface ValidationCase {
  readonly id: string
  readonly policyType: PolicyType
  readonly document: unknown
  readonly isValid: boolean
}

export function isValidationFile(content: unknown): boolean {
  return isObject(content) && content['format'] === 'iamkit-validation/1'
}

export function validationCasesIn(content: unknown, name: string): readonly ValidationCase[] {
  const { cases } = objectAt(content, name)
  return listAt(cases, `${name}: cases`).map((value, index) => {
    const place = `${name}: case ${index}`
    const one = objectAt(value, place)
    const type = oneOf(one['policyType'], POLICY_TYPES, `${place}: policyType`)
    const { valid } = objectAt(one['expect'], `${place}: expect`)
    return {
      id: stringAt(one['id'], `${place}: id`),
      policyType: type === 'any' ? 'identity' : type,
      document: one['document'],
      isValid: valid === true,
    }
  })
}

/** Holds core's judgement against AWS's. */
export function runValidation(cases: readonly ValidationCase[]): Report {
  const results = cases.map((one) => {
    const refusals = findRefusals(one.document, one.policyType)
    const reasons = refusals.map((problem) => `${problem.pointer}: ${problem.message}`).join('; ')
    return { one, isRight: (refusals.length === 0) === one.isValid, reasons }
  })
  return {
    engine: 'core',
    passed: results.filter(({ isRight }) => isRight).map(({ one }) => one.id),
    failed: results
      .filter(({ isRight }) => !isRight)
      .map(({ one, reasons }) => ({
        id: one.id,
        title: JSON.stringify(one.document).slice(0, 200),
        expected: one.isValid ? 'valid' : 'invalid',
        got: one.isValid ? `refused: ${reasons}` : 'accepted',
      })),
    disputed: [],
  }
}
