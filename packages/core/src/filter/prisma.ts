/**
 * A filter as a `where` of Prisma, for PostgreSQL.
 *
 * Shape   {@link prismaWhere} gives plain data. Prisma hands the texts of `startsWith`, `endsWith` and
 *         `contains` to LIKE as they are, so wildcards stand in them and literal ones are escaped.
 * Errors  {@link UntranslatableError} (`ERR_FILTER_UNTRANSLATABLE`): no column for a field, a column of
 *         another type, a `?` that Prisma has no words for, or two fields compared without `fields`.
 * Source  Prisma Client reference, "Filter conditions and operators"; `docs/concepts/lists.md`.
 *
 * @module
 */
import { UntranslatableError } from '../errors.js'
import { ANY } from '../glob/glob.js'
import type { Bound } from './column-bounds.js'
import { type ColumnMapping, type FilterWriter, likeText, writeFilter } from './column-mapping.js'
import type { LikePattern, ResourceFilter } from './filter-condition.js'

/** A filter of one field, such as `{ in: ['eng'] }`. */
export type PrismaTest = Readonly<Record<string, unknown>>
export type PrismaWhere = Readonly<Record<string, unknown>>

export interface PrismaMapping extends ColumnMapping<string> {
  /** The model's field references, such as `prisma.document.fields`; for policies that compare two fields. */
  readonly fields?: Readonly<Record<string, unknown>>
}

/**
 * Writes a filter.
 *
 * @example
 * ```ts
 * const where = prismaWhere(filter, {
 *   params: { folderId: 'folderId', documentId: 'id' },
 *   tag: (key) => `tag_${key}`,
 * })
 * prisma.document.findMany({ where: { AND: [where, { title: { contains: 'plan' } }] } })
 * ```
 */
export function prismaWhere(filter: ResourceFilter, mapping: PrismaMapping): PrismaWhere {
  return writeFilter(filter, mapping, writerOf(mapping))
}

/** Without parts, Prisma takes `AND` for true and `OR` for false. */
function join(by: 'and' | 'or', parts: readonly PrismaWhere[]): PrismaWhere {
  const [only] = parts
  if (only && parts.length === 1) return only
  return by === 'and' ? { AND: parts } : { OR: parts }
}

const COMPARE: Readonly<Record<Bound['is'], string>> = {
  '=': 'equals',
  '!=': 'not',
  '<': 'lt',
  '<=': 'lte',
  '>=': 'gte',
  '>': 'gt',
}

function writerOf({ fields }: PrismaMapping): FilterWriter<string, PrismaWhere> {
  const test = (column: string, one: PrismaTest): PrismaWhere => ({ [column]: one })
  return {
    join,
    isNull: (column, is) => test(column, is ? { equals: null } : { not: null }),
    isIn: (column, values, is) => test(column, is ? { in: values } : { notIn: values }),
    isLike(column, pattern, is) {
      const like = join(
        'and',
        likeTests(pattern).map((one) => test(column, one)),
      )
      return is ? like : { NOT: like }
    },
    isSame(column, other, is) {
      const field = fields?.[other]
      if (field === undefined) {
        throw new UntranslatableError(`Prisma compares \`${other}\` by its reference in \`fields\``)
      }
      return is ? test(column, { equals: field }) : { NOT: test(column, { equals: field }) }
    },
    compare: (column, is, value) => test(column, { [COMPARE[is]]: value }),
  }
}

/**
 * `startsWith` adds a star behind its text, `endsWith` one before it, `contains` both. For `a*b` both ends
 * are asked: the text begins with `a`, and ends in an `a`, anything and `b`. So it begins with an `a`
 * that this `b` cannot overlap.
 */
function likeTests(pattern: LikePattern): readonly PrismaTest[] {
  const first = pattern.indexOf(ANY)
  const last = pattern.lastIndexOf(ANY)
  const text = (start: number, end?: number) => likeText(pattern.slice(start, end))
  if (first < 0) throw new UntranslatableError('Prisma has no words for `?` without `*`')
  const startsOpen = first === 0
  const endsOpen = last === pattern.length - 1
  if (startsOpen && endsOpen) return [{ contains: text(1, -1) }]
  if (endsOpen) return [{ startsWith: text(0, -1) }]
  if (startsOpen) return [{ endsWith: text(1) }]
  return [{ startsWith: text(0, first) }, { endsWith: text(0) }]
}
