/**
 * What each kind of record is like, for records that come from outside.
 *
 * Shape   a type for every field of every kind; with `?` behind it, the field may be absent. No others may be there.
 * Errors  None.
 *
 * @module
 */
import type { Entities, Kind } from './entity.js'

type FieldType =
  | 'text'
  | 'number'
  | 'flag'
  | 'status'
  | 'object'
  | 'texts'
  | 'text by name'
  | 'setting by name'
  | 'tags'
  | 'versions'
  | 'login'

type ShapeOf<Record> = {
  readonly [F in keyof Record]-?: object extends Pick<Record, F> ? `${FieldType}?` : FieldType
}

const created = { id: 'text', createDate: 'text' } as const
const named = { ...created, name: 'text', path: 'text' } as const
const bearer = { ...named, attached: 'texts', inline: 'text by name' } as const

const shapes: { readonly [K in Kind]: ShapeOf<Entities[K]> } = {
  account: { ...created, alias: 'text?', passwordPolicy: 'setting by name?' },
  user: { ...bearer, tags: 'tags', groups: 'texts', boundary: 'text?', login: 'login?' },
  group: bearer,
  role: {
    ...bearer,
    tags: 'tags',
    description: 'text?',
    maxSessionDuration: 'number',
    trust: 'text',
    trustIds: 'text by name?',
    boundary: 'text?',
  },
  policy: {
    ...named,
    description: 'text?',
    tags: 'tags',
    updateDate: 'text',
    versions: 'versions',
    defaultVersion: 'text',
    nextVersion: 'number',
  },
  'access-key': { ...created, user: 'text?', status: 'status', secret: 'text' },
  'instance-profile': { ...named, tags: 'tags', roles: 'texts' },
  'oidc-provider': { ...created, clientIds: 'texts', thumbprints: 'texts', tags: 'tags' },
  'saml-provider': { ...created, metadata: 'text', validUntil: 'text?', tags: 'tags' },
  'mfa-device': {
    ...created,
    user: 'text?',
    enableDate: 'text?',
    seed: 'text',
    tags: 'tags',
    usedStep: 'number?',
  },
  'last-used': { id: 'text', date: 'text', service: 'text', region: 'text' },
  service: { ...created, definition: 'object' },
  resource: { ...created, tags: 'tags', policy: 'text?', policyIds: 'text by name?' },
}

/** Every kind of record. */
export const kinds = Object.keys(shapes) as readonly Kind[]

/** Whether a value is a record of a kind. What its texts mean is not asked. */
export function isRecord<K extends Kind>(kind: K, value: unknown): value is Entities[K] {
  return hasFields(value, shapes[kind])
}

function hasFields(value: unknown, fields: Readonly<Record<string, string>>): boolean {
  if (!isObject(value)) return false
  const known = Object.entries(fields)
  return (
    Object.keys(value).every((name) => Object.hasOwn(fields, name)) &&
    known.every(([name, type]) => isField(value[name], type))
  )
}

function isField(value: unknown, type: string): boolean {
  if (value === undefined) return type.endsWith('?')
  return checks[type.replace('?', '') as FieldType](value)
}

const checks: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  text: isText,
  number: (value) => Number.isFinite(value),
  flag: (value) => typeof value === 'boolean',
  status: (value) => value === 'Active' || value === 'Inactive',
  object: isObject,
  texts: (value) => isListOf(value, isText),
  'text by name': (value) => isMapOf(value, isText),
  'setting by name': (value) => isMapOf(value, (one) => /^(number|boolean)$/.test(typeof one)),
  tags: (value) => isListOf(value, (tag) => hasFields(tag, { Key: 'text', Value: 'text' })),
  versions: (value) => isListOf(value, (one) => hasFields(one, { ...created, document: 'text' })),
  login: (value) => hasFields(value, LOGIN),
}

const LOGIN = { hash: 'text', createDate: 'text', changeDate: 'text?', resetRequired: 'flag' }

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne)
}

function isMapOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every(isOne)
}
