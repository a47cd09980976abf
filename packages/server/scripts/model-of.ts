/**
 * The schemas that a client of AWS exports → the table of its service.
 *
 * Shape   see `src/model.ts`. Lists and maps have no names in it; what the tables cannot say is refused.
 * Errors  `Error` for a trait or a type that is not known here: the tables then need a word for it.
 *
 * @module
 */
import { NormalizedSchema } from '@smithy/core/schema'
import type { OperationModel, ServiceModel, ShapeModel } from '../src/model.js'
import type { Client } from './clients.js'

/** Schemas as the clients write them: the first number is the kind. */
type Schema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  ...unknown[],
]
type Shapes = Record<string, ShapeModel>

const OPERATION = 9
const ERROR = -3
/** Times, as `@smithy/core` numbers them. */
const TIMES = ['timestamp', 'date-time', 'http-date', 'epoch-seconds']
const SCALARS = ['string', 'number', 'boolean', 'blob', 'document', ...TIMES]

/** @param exported what the client's module exports */
export function modelOf(client: Client, exported: object): ServiceModel {
  const schemas = schemasOf(exported)
  const shapes: Shapes = {}
  const unions = new Set<string>()
  const note = (structure: NormalizedSchema): string => noteShape(structure, { shapes, unions })
  const operations: [string, OperationModel][] = []
  for (const [kind, , name, traits, input, output] of schemas) {
    if (kind !== OPERATION) continue
    const http = (traits as { http?: readonly [string, string, number] }).http
    const ends = [
      note(NormalizedSchema.of(input as never)),
      note(NormalizedSchema.of(output as never)),
    ]
    operations.push([
      name,
      [ends[0] ?? '', ends[1] ?? '', ...(http ? [http.join(' ')] : [])] as never,
    ])
  }
  const errors = schemas.filter(([kind, , name]) => kind === ERROR && !isBaseClass(name))
  const { package: _, ...service } = client
  return {
    ...service,
    operations: sorted(operations),
    shapes: sorted(Object.entries(shapes)),
    ...(unions.size > 0 && { unions: [...unions].sort() }),
    errors: sorted(errors.map(([, , name, traits]) => [name, errorOf(name, traits)])),
  }
}

/** The class that all errors of a client extend is exported as a schema too, and never sent. */
function isBaseClass(name: string): boolean {
  return name.endsWith('ServiceException') && name !== 'ServiceException'
}

function schemasOf(exported: object): Schema[] {
  return Object.entries(exported)
    .filter(([name, value]) => name.endsWith('$') && Array.isArray(value))
    .map(([, value]) => value as Schema)
}

function errorOf(name: string, traits: unknown): string {
  const { awsQueryError, httpError, error } = traits as {
    awsQueryError?: readonly [code: string, status: number]
    httpError?: number
    error?: 'client' | 'server'
  }
  const [code, status] = awsQueryError ?? [name, httpError ?? (error === 'server' ? 500 : 400)]
  return `${code} ${status}`
}

/** Writes a structure, and those that it refers to, down once; returns its name. */
function noteShape(
  structure: NormalizedSchema,
  into: { shapes: Shapes; unions: Set<string> },
): string {
  if (structure.isUnitSchema()) return ''
  const name = structure.getName() ?? ''
  if (SCALARS.includes(name)) throw new Error(`the structure \`${name}\` is named like a type`)
  if (name in into.shapes) return name

  const members: Record<string, string> = {}
  into.shapes[name] = members
  if (structure.isUnionSchema()) into.unions.add(name)
  const required = Number((structure.getSchema() as readonly unknown[])[6] ?? 0)
  for (const [member, schema] of structure.structIterator()) {
    const mark = Object.keys(members).length < required ? '!' : ''
    const type = typeOf(schema, (inner) => noteShape(inner, into))
    members[member] = [`${type}${mark}`, ...traitsOf(schema)].join(' ')
  }
  return name
}

function typeOf(schema: NormalizedSchema, note: (structure: NormalizedSchema) => string): string {
  if (schema.isStructSchema()) return note(schema)
  if (schema.isListSchema()) return `[${typeOf(schema.getValueSchema(), note)}]`
  if (schema.isMapSchema()) return `{${typeOf(schema.getValueSchema(), note)}}`
  if (schema.isStringSchema()) return 'string'
  if (schema.isNumericSchema()) return 'number'
  if (schema.isBooleanSchema()) return 'boolean'
  if (schema.isBlobSchema()) return 'blob'
  if (schema.isDocumentSchema()) return 'document'
  if (schema.isTimestampSchema()) return TIMES[Number(schema.getSchema()) - 4] ?? ''
  throw new Error(`\`${schema.getMemberName()}\` has a type that the tables have no word for`)
}

function traitsOf(schema: NormalizedSchema): string[] {
  return Object.entries(schema.getMergedTraits()).map(([trait, value]) => {
    if (trait === 'httpLabel') return 'path'
    if (trait === 'httpQuery') return `query:${value as string}`
    if (trait === 'idempotencyToken') return 'token'
    if (trait === 'sensitive') return 'secret'
    throw new Error(`\`${schema.getMemberName()}\` has a trait without a word: \`${trait}\``)
  })
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
}
