/**
 * Real policies: every document must parse, and survive being printed and parsed again.
 *
 * Shape   a folder with `aws-managed-policies.ndjson.gz`, which AWS accepts to the last one, and
 *         `example-policies.ndjson.gz`, in which a value may be a placeholder.
 * Errors  {@link CaseError} (`ERR_CASE_INVALID`) from {@link runCorpus} for a file that is missing
 *         or no gzip of JSON lines.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import {
  formatPolicy,
  type Policy,
  PolicyParseError,
  type PolicyType,
  parsePolicy,
} from '@iamkit/core'
import { CORPUS_DEFECTS } from './corpus-defects.js'
import { CaseError } from './errors.js'
import { isObject, objectAt, oneOf, parseJson, stringAt } from './json-shape.js'
import type { Failure, Report } from './run.js'

const KINDS = ['identity', 'resource', 'trust', 'scp', 'rcp', 'endpoint'] as const
/** What stands in examples where a reader is to put an account, a name, an ARN or an address. */
const PLACEHOLDER =
  /<[^<>]+>|\[[A-Z_/*]+\]|\$\{(?:Account|Region)\}|ID\b|AccountNumber|\bARNs?\b|-arn$|\blist of\b/

interface Document {
  readonly id: string
  readonly type: PolicyType
  readonly content: unknown
  /** Whether AWS would accept it as it stands. */
  readonly isAccepted: boolean
}

export interface CorpusReport extends Report {
  /** Examples that do not parse because of a placeholder, each with its problem. */
  readonly placeholders: readonly Failure[]
  /** Examples that do not parse and should not, each with what is wrong with it. */
  readonly defects: readonly Failure[]
}

export function runCorpus(folder: string): CorpusReport {
  const passed: string[] = []
  const failed: Failure[] = []
  const placeholders: Failure[] = []
  const defects: Failure[] = []
  for (const document of [...managedPolicies(folder), ...examplePolicies(folder)]) {
    const trouble = troubleOf(document)
    if (trouble === undefined) {
      passed.push(document.id)
      continue
    }
    const { message: got, isPlaceholder } = trouble
    const title = `${document.type} policy`
    const failure = { id: document.id, title, expected: 'parses and survives printing', got }
    const defect = CORPUS_DEFECTS.get(document.id)
    if (defect !== undefined) defects.push({ ...failure, title: `${title}: ${defect}` })
    else if (isPlaceholder && !document.isAccepted) placeholders.push(failure)
    else failed.push(failure)
  }
  return { engine: 'core', passed, failed, disputed: [], placeholders, defects }
}

function managedPolicies(folder: string): readonly Document[] {
  return linesOf(folder, 'aws-managed-policies.ndjson.gz').map(({ fields, place }) => ({
    id: stringAt(fields['arn'], place),
    type: 'identity',
    content: fields['document'],
    isAccepted: true,
  }))
}

function examplePolicies(folder: string): readonly Document[] {
  return linesOf(folder, 'example-policies.ndjson.gz').map(({ fields, place }) => ({
    id: stringAt(fields['source'], place),
    type: oneOf(fields['kind'], KINDS, place),
    content: fields['document'],
    isAccepted: false,
  }))
}

function linesOf(folder: string, name: string) {
  const lines = unzip(join(folder, name), name).trimEnd().split('\n')
  return lines.map((line, index) => {
    const place = `${name}:${index + 1}`
    return { fields: objectAt(parseJson(line, place), place), place }
  })
}

function unzip(path: string, name: string): string {
  try {
    return gunzipSync(readFileSync(path)).toString('utf8')
  } catch (cause) {
    throw new CaseError(name, 'cannot be read', { cause })
  }
}

interface Trouble {
  readonly message: string
  /** Every value that is complained of is a placeholder. */
  readonly isPlaceholder: boolean
}

/** What keeps the document from being read as it is; undefined where nothing does. */
function troubleOf({ type, content }: Document): Trouble | undefined {
  const options = { type, quotas: false } as const
  try {
    const policy = parsePolicy(JSON.stringify(content), options)
    const again = parsePolicy(formatPolicy(policy), options)
    return isDeepStrictEqual(withoutPlaces(policy), withoutPlaces(again))
      ? undefined
      : { message: 'differs after printing and parsing', isPlaceholder: false }
  } catch (error) {
    if (!(error instanceof PolicyParseError)) throw error
    const values = error.problems.map(({ pointer }) => valueAt(content, pointer))
    const isPlaceholder = values.every(
      (value) => typeof value === 'string' && PLACEHOLDER.test(value),
    )
    return { message: error.message, isPlaceholder }
  }
}

/** The value that a JSON pointer points to (RFC 6901). */
function valueAt(content: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1)
  return steps.reduce<unknown>((value, step) => {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return isObject(value) || Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)[key]
      : undefined
  }, content)
}

/** The policy without its positions in the text, which printing may move. */
function withoutPlaces(policy: Policy): unknown {
  return JSON.parse(
    JSON.stringify(policy, (key, value: unknown) => (key === 'span' ? undefined : value)),
  )
}
