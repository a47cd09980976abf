/**
 * A filter as a `where` of Kysely, for PostgreSQL.
 *
 * Shape   {@link kyselyWhere} writes with the expression builder that Kysely hands out. Nothing of Kysely
 *         is imported.
 * Errors  {@link UntranslatableError} (`ERR_FILTER_UNTRANSLATABLE`): no column for a field, a column of
 *         another type, or a `?` on a column that is not `isBmp`.
 * Source  `docs/concepts/lists.md`.
 *
 * @module
 */
import { type ColumnMapping, type FilterWriter, likeText, writeFilter } from './column-mapping.js'
import type { ResourceFilter } from './filter-condition.js'

/** What is used of Kysely's `ExpressionBuilder`. */
export interface KyselyBuilder<Where> {
  and(parts: never): Where
  or(parts: never): Where
}

/** A column by its name, or an expression such as `` sql`tags ->> ${key}` ``. */
export type KyselyColumn = string | object

export type KyselyMapping = ColumnMapping<KyselyColumn>

/**
 * Writes a filter.
 *
 * @example
 * ```ts
 * db.selectFrom('documents').selectAll().where((eb) =>
 *   kyselyWhere(eb, filter, {
 *     params: { folderId: 'folder_id', documentId: 'id' },
 *     tag: (key) => sql`tags ->> ${key}`,
 *   }))
 * ```
 */
export function kyselyWhere<Where>(
  builder: KyselyBuilder<Where>,
  filter: ResourceFilter,
  mapping: KyselyMapping,
): Where {
  return writeFilter(filter, mapping, writerOf(builder as unknown as Builder<Where>))
}

/** The builder as it is called here; its own types know the tables, and this file does not. */
interface Builder<Where> {
  (column: KyselyColumn, operator: string, value: unknown): Where
  and(parts: readonly Where[]): Where
  or(parts: readonly Where[]): Where
  ref(column: string): object
}

function writerOf<Where>(eb: Builder<Where>): FilterWriter<KyselyColumn, Where> {
  return {
    join: (by, parts) => (by === 'and' ? eb.and(parts) : eb.or(parts)),
    isNull: (column, is) => eb(column, is ? 'is' : 'is not', null),
    isIn: (column, values, is) =>
      values.length === 1
        ? eb(column, is ? '=' : '!=', values[0])
        : eb(column, is ? 'in' : 'not in', values),
    isLike: (column, pattern, is) => eb(column, is ? 'like' : 'not like', likeText(pattern)),
    isSame: (column, other, is) =>
      eb(column, is ? '=' : '!=', typeof other === 'string' ? eb.ref(other) : other),
    compare: (column, is, value) => eb(column, is, value),
  }
}
