/**
 * The short texts of a table → what the readers and writers of the protocols work with.
 *
 * Shape   see `model.ts`. A structure is read when it is first needed, and kept.
 * Errors  `TypeError` for a text that is none, or a structure that is not there: the table is wrong.
 *
 * @module
 */
import type { ServiceModel } from '../model.js'

const SCALARS = ['string', 'number', 'boolean', 'blob', 'document'] as const
const TIMES = ['timestamp', 'date-time', 'http-date', 'epoch-seconds'] as const
const PLACES = ['path', 'query', 'header', 'payload', 'status'] as const

export type TimeFormat = (typeof TIMES)[number]

export type Type =
  | { readonly kind: (typeof SCALARS)[number] }
  | { readonly kind: 'time'; readonly format: TimeFormat }
  | { readonly kind: 'list' | 'map'; readonly of: Type }
  | { readonly kind: 'structure'; readonly name: string }

export interface Member {
  readonly name: string
  readonly type: Type
  readonly isRequired: boolean
  readonly isSecret: boolean
  /** Where it stands in an HTTP message of restJson. */
  readonly place: 'body' | (typeof PLACES)[number]
  /** Its name there. */
  readonly placeName: string
}

export interface Structure {
  readonly members: ReadonlyMap<string, Member>
  readonly isUnion: boolean
}

/** A structure's members by where they stand in an HTTP message. */
export interface Places {
  readonly body: ReadonlyMap<string, Member>
  readonly payload: Member | undefined
  readonly status: Member | undefined
  readonly headers: readonly Member[]
  /** Path, query and headers. */
  readonly head: readonly Member[]
}

const places = new WeakMap<Structure, Places>()
const known = new WeakMap<ServiceModel, Map<string, Structure>>()
const EMPTY: Structure = { members: new Map(), isUnion: false }

/** @param name empty for what has no members */
export function structureOf(model: ServiceModel, name: string): Structure {
  if (name === '') return EMPTY
  let structures = known.get(model)
  if (!structures) {
    structures = new Map()
    known.set(model, structures)
  }
  let structure = structures.get(name)
  if (!structure) {
    structure = readStructure(model, name)
    structures.set(name, structure)
  }
  return structure
}

export function placesOf(structure: Structure): Places {
  const last = places.get(structure)
  if (last) return last
  const members = [...structure.members.values()]
  const at = (...wanted: readonly Member['place'][]) =>
    members.filter(({ place }) => wanted.includes(place))
  const parted: Places = {
    body: new Map(at('body').map((member) => [member.name, member])),
    payload: at('payload')[0],
    status: at('status')[0],
    headers: at('header'),
    head: at('path', 'query', 'header'),
  }
  places.set(structure, parted)
  return parted
}

function readStructure(model: ServiceModel, name: string): Structure {
  const shape = Object.hasOwn(model.shapes, name) ? model.shapes[name] : undefined
  if (!shape) throw new TypeError(`\`${model.name}\` has no structure \`${name}\``)
  const members = Object.entries(shape).map(
    ([member, text]) => [member, readMember(member, text)] as const,
  )
  return { members: new Map(members), isUnion: model.unions?.includes(name) ?? false }
}

function readMember(name: string, text: string): Member {
  const [type = '', ...traits] = text.split(' ')
  const isRequired = type.endsWith('!')
  const [place, placeName] = traits
    .map((trait) => trait.split(':'))
    .find(([word]) => PLACES.includes(word as never)) ?? ['body']
  return {
    name,
    type: readType(isRequired ? type.slice(0, -1) : type),
    isRequired,
    isSecret: traits.includes('secret'),
    place: place as Member['place'],
    placeName: placeName ?? name,
  }
}

function readType(text: string): Type {
  const scalar = SCALARS.find((word) => word === text)
  if (scalar) return { kind: scalar }
  const format = TIMES.find((word) => word === text)
  if (format) return { kind: 'time', format }
  if (/^\[.+\]$/.test(text)) return { kind: 'list', of: readType(text.slice(1, -1)) }
  if (/^\{.+\}$/.test(text)) return { kind: 'map', of: readType(text.slice(1, -1)) }
  if (/^\w+$/.test(text)) return { kind: 'structure', name: text }
  throw new TypeError(`\`${text}\` is no type of a member`)
}
