/**
 * Where an app keeps the fields of a filter, and a filter written for its database.
 *
 * Shape   {@link writeFilter} walks a filter and has a {@link FilterWriter} write each test; a field that may
 *         be absent is a column that may be null, and each of its tests asks first that it is not.
 * Errors  {@link UntranslatableError} (`ERR_FILTER_UNTRANSLATABLE`) from {@link writeFilter}: no column for
 *         a field, a column of another type, or a pattern that the database has no words for.
 *
 * @module
 */
import { UntranslatableError } from '../errors.js'
import { ANY, ONE } from '../glob/glob.js'
import { type Bound, boundsOf, type OrderedType } from './column-bounds.js'
import type {
  FilterCondition,
  FilterField,
  FilterTest,
  LikePattern,
  ResourceFilter,
} from './filter-condition.js'
import { isNullable } from './formula.js'

export type ColumnType = 'text' | 'boolean' | OrderedType

/** A column of texts. */
export interface TextColumn<Column> {
  readonly column: Column
  /**
   * True where no text of it holds a character beyond U+FFFF, such as an emoji. Only then can a `?` of a
   * policy, which stands for one UTF-16 code unit, be asked of it.
   */
  readonly isBmp?: boolean
}

export interface TypedColumn<Column> extends TextColumn<Column> {
  readonly type: ColumnType
}

/** Where each field of a filter is kept. Texts compare by code points: no `citext`, no loose collation. */
export interface ColumnMapping<Column> {
  /** Of each placeholder of the ARN, a column that is never null. */
  readonly params: Readonly<Record<string, Column | TextColumn<Column>>>
  /** Of each tag, by its key in lower case, a column or expression that is null where there is no such tag. */
  readonly tag?: (key: string) => Column | TextColumn<Column>
  /** Of each of the resource's own context keys. */
  readonly keys?: Readonly<Record<string, TypedColumn<Column>>>
}

/** The words of one query builder. */
export interface FilterWriter<Column, Where> {
  readonly join: (by: 'and' | 'or', parts: readonly Where[]) => Where
  readonly isNull: (column: Column, is: boolean) => Where
  readonly isIn: (column: Column, values: readonly string[], is: boolean) => Where
  readonly isLike: (column: Column, pattern: LikePattern, is: boolean) => Where
  readonly isSame: (column: Column, other: Column, is: boolean) => Where
  readonly compare: (column: Column, is: Bound['is'], value: Bound['value'] | boolean) => Where
}

export function writeFilter<Column, Where>(
  filter: ResourceFilter,
  mapping: ColumnMapping<Column>,
  writer: FilterWriter<Column, Where>,
): Where {
  if (filter.kind !== 'where') return writer.join(filter.kind === 'all' ? 'and' : 'or', [])
  const write = (condition: FilterCondition): Where => {
    if ('and' in condition) return writer.join('and', condition.and.map(write))
    if ('or' in condition) return writer.join('or', condition.or.map(write))
    return writeTest(condition, mapping, writer)
  }
  return write(filter.condition)
}

function writeTest<Column, Where>(
  test: FilterTest,
  mapping: ColumnMapping<Column>,
  writer: FilterWriter<Column, Where>,
): Where {
  const { column, type, isBmp } = columnOf(test.field, mapping)
  if (test.is === 'absent' || test.is === 'present') {
    return writer.isNull(column, test.is === 'absent')
  }
  if (!TYPES[kindOf(test)].includes(type)) {
    throw new UntranslatableError(`${nameOf(test.field)} is in a column of type ${type}`)
  }
  if ('pattern' in test) checkPattern(test, isBmp)
  const others = 'other' in test ? [test.other] : []
  const areThere = [test.field, ...others]
    .filter(isNullable)
    .map((field) => writer.isNull(columnOf(field, mapping).column, false))
  const value = writeValue(test, { mapping, writer, column, type })
  return areThere.length === 0 ? value : writer.join('and', [...areThere, value])
}

interface Place<Column, Where> {
  readonly mapping: ColumnMapping<Column>
  readonly writer: FilterWriter<Column, Where>
  readonly column: Column
  readonly type: ColumnType
}

/** A test of a value that is there. */
function writeValue<Column, Where>(test: FilterTest, place: Place<Column, Where>): Where {
  const { mapping, writer, column, type } = place
  if ('values' in test) return writer.isIn(column, test.values, test.is === 'in')
  if ('pattern' in test) return writer.isLike(column, test.pattern, test.is === 'like')
  if ('other' in test) {
    return writer.isSame(column, columnOf(test.other, mapping).column, test.is === 'same')
  }
  if (!('value' in test)) return writer.compare(column, '=', test.is === 'true')
  const { by, bounds } = boundsOf(test, type as OrderedType)
  return writer.join(
    by,
    bounds.map(({ is, value }) => writer.compare(column, is, value)),
  )
}

const TYPES: Readonly<Record<'text' | 'boolean' | 'number' | 'date', readonly ColumnType[]>> = {
  text: ['text'],
  boolean: ['boolean'],
  number: ['integer', 'bigint', 'numeric'],
  date: ['timestamptz'],
}

function kindOf(test: FilterTest): keyof typeof TYPES {
  if ('type' in test) return test.type
  return test.is === 'true' || test.is === 'false' ? 'boolean' : 'text'
}

function columnOf<Column>(field: FilterField, mapping: ColumnMapping<Column>): TypedColumn<Column> {
  const found = findColumn(field, mapping)
  if (found === undefined) throw new UntranslatableError(`no column for ${nameOf(field)}`)
  return isSpec(found) ? { type: 'text', ...found } : { type: 'text', column: found }
}

function findColumn<Column>(field: FilterField, { params, tag, keys = {} }: ColumnMapping<Column>) {
  if ('tag' in field) return tag?.(field.tag)
  const [name, columns] = 'param' in field ? [field.param, params] : [field.key, keys]
  return Object.hasOwn(columns, name) ? columns[name] : undefined
}

function isSpec<Column>(found: Column | TextColumn<Column>): found is TextColumn<Column> {
  return typeof found === 'object' && found !== null && 'column' in found
}

function nameOf(field: FilterField): string {
  if ('param' in field) return `the placeholder \`${field.param}\``
  return 'tag' in field ? `the tag \`${field.tag}\`` : `the key \`${field.key}\``
}

/** Beside a star, one `?` asks for any character; elsewhere each asks for a code unit. */
function checkPattern(
  { field, pattern }: Extract<FilterTest, { readonly pattern: LikePattern }>,
  isBmp = false,
): void {
  const counts = isBmp ? [] : wildcardRuns(pattern)
  if (counts.some(({ ones, any }) => ones > (any ? 1 : 0))) {
    throw new UntranslatableError(
      `\`?\` on ${nameOf(field)} counts UTF-16 code units and a database counts characters; say \`isBmp\` of a column where these are the same`,
    )
  }
}

interface WildcardRun {
  readonly ones: number
  readonly any: boolean
}

function wildcardRuns(pattern: LikePattern): readonly WildcardRun[] {
  const runs: WildcardRun[] = []
  let run: WildcardRun = { ones: 0, any: false }
  for (const token of [...pattern, '']) {
    if (token === ANY) run = { ...run, any: true }
    else if (token === ONE) run = { ...run, ones: run.ones + 1 }
    else {
      runs.push(run)
      run = { ones: 0, any: false }
    }
  }
  return runs
}

/** A pattern for LIKE with the backslash as its escape, which is PostgreSQL's default. */
export function likeText(pattern: LikePattern): string {
  return pattern
    .map((token) =>
      typeof token === 'string' ? token.replaceAll(/[\\%_]/g, '\\$&') : token === ANY ? '%' : '_',
    )
    .join('')
}
