/**
 * Holds filters against the decision: the rows that a filter selects are those that `evaluate` allows.
 *
 * Shape   one set is a policy set, a question and all rows of the table. The rows are selected in memory, by
 *         SQL, and by what is known of Prisma.
 *
 * @module
 */
import fc from 'fast-check'
import { expressionBuilder } from 'kysely'
import { kyselyWhere } from '../../src/filter/kysely.js'
import { type PrismaMapping, prismaWhere } from '../../src/filter/prisma.js'
import {
  createFilter,
  createPolicySet,
  evaluate,
  type FilterQuery,
  selectRows,
  UntranslatableError,
} from '../../src/index.js'
import { type Database, fill, MAPPING, selectBySql } from './database.js'
import { anyDocument, type Documents, factsOf, requestAbout } from './documents.js'
import { anyDocuments, type Documentation, policySetOf } from './policies.js'
import { FieldReference, isSelectedByPrisma } from './prisma-where.js'
import { anyQuery } from './queries.js'

export interface Tally {
  /** Policy sets tried. */
  sets: number
  /** Decisions compared. */
  decisions: number
  allowed: number
  readonly kinds: Record<'all' | 'none' | 'where', number>
  /** Policy sets that could not be translated, by what stood in the way. */
  readonly untranslatable: Map<string, number>
  /** Filters that the adapters for SQL could not say. */
  readonly beyondSql: Map<string, number>
  /** Filters that only Prisma's words could not say, by what stood in the way. */
  readonly beyondPrisma: Map<string, number>
}

export function createTally(): Tally {
  return {
    sets: 0,
    decisions: 0,
    allowed: 0,
    kinds: { all: 0, none: 0, where: 0 },
    untranslatable: new Map(),
    beyondSql: new Map(),
    beyondPrisma: new Map(),
  }
}

export interface Round {
  readonly db: Database
  readonly tally: Tally
  readonly seed: number
  /** Policy sets. */
  readonly runs: number
  /** In the table. */
  readonly rows: number
}

/** Fills the table anew and tries many policy sets on it. Throws the smallest set that differs. */
export async function compareRound({ db, tally, seed, runs, rows }: Round): Promise<void> {
  const table = fc.sample(anyDocument, { seed, numRuns: rows }).map((row, n) => ({ ...row, n }))
  await fill(db, table)
  const property = fc.asyncProperty(anyDocuments, anyQuery, async (documents, query) => {
    await compareOne({ db, tally, table }, documents, query)
  })
  await fc.assert(property, { seed, numRuns: runs, endOnFailure: false })
}

interface Scene {
  readonly db: Database
  readonly tally: Tally
  readonly table: readonly Documents[]
}

async function compareOne(
  { db, tally, table }: Scene,
  documents: Documentation,
  query: FilterQuery,
): Promise<void> {
  const policies = createPolicySet(policySetOf(documents))
  tally.sets++
  const filter = attempt(tally.untranslatable, () => createFilter(policies, query))
  if (!filter) return
  tally.kinds[filter.kind]++
  const allowed = table.filter((row) => {
    const decision = evaluate(policies, requestAbout(query, factsOf(row)))
    if ('problem' in decision) throw new Error(`not decided: ${decision.problem?.message}`)
    return decision.answer === 'Allow'
  })
  tally.decisions += table.length
  tally.allowed += allowed.length
  const wanted = allowed.map(({ n }) => n)
  same('in memory', wanted, numbers(selectRows(filter, table, factsOf)))
  if (!attempt(tally.beyondSql, () => kyselyWhere(expressionBuilder(), filter, MAPPING))) return
  const { selected, answers } = await selectBySql(db, filter)
  same('by SQL', wanted, selected)
  same(
    'row by row',
    table.map(({ n }) => wanted.includes(n)),
    answers,
  )
  const where = attempt(tally.beyondPrisma, () => prismaWhere(filter, PRISMA))
  if (where)
    same('by Prisma', wanted, numbers(table.filter((row) => isSelectedByPrisma(where, flat(row)))))
}

function same(how: string, wanted: readonly unknown[], found: readonly unknown[]): void {
  if (JSON.stringify(wanted) === JSON.stringify(found)) return
  throw new Error(`${how}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
}

function numbers(rows: readonly Documents[]): readonly number[] {
  return rows.map(({ n }) => n)
}

/** Counts what cannot be translated. */
function attempt<T>(counts: Map<string, number>, make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof UntranslatableError)) throw error
    const reason = reasonOf(error.obstacle)
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
    return undefined
  }
}

/** Without the names that differ from one policy to the next. */
function reasonOf(obstacle: string): string {
  return obstacle
    .replaceAll(/ on (the \w+ )?`[^`]*`/g, '')
    .replace(/^`(For\w+:)?(String|Numeric|Date|Bool|Binary|Arn|Ip|NotIp)\w*`/, '$2…')
    .replace(/^`[^`]*`, which/, 'a value that')
}

/** With one column a tag, as Prisma wants it. */
function flat({ tags, ...row }: Documents): Readonly<Record<string, unknown>> {
  return { ...row, tag_class: tags['class'] ?? null, tag_stage: tags['stage'] ?? null }
}

const PRISMA: PrismaMapping = {
  params: {
    folderId: { column: 'folder_id', isBmp: true },
    documentId: { column: 'id', isBmp: true },
  },
  tag: (key) => `tag_${key}`,
  keys: MAPPING.keys as NonNullable<PrismaMapping['keys']>,
  fields: Object.fromEntries(
    ['tag_team', 'tag_owner', 'tag_class', 'kind', 'label', 'parent'].map((name) => [
      name,
      new FieldReference(name),
    ]),
  ),
}
