/**
 * What Prisma's reference says of `where` on PostgreSQL, as far as filters use it: Prisma itself cannot run
 * here, because it downloads its engine.
 *
 * Shape   `AND` without parts is true and `OR` is false; a comparison with NULL is unknown, and what is
 *         unknown is not selected; `startsWith` and its like are LIKE, wildcards and all.
 *
 * @module
 */
type Row = Readonly<Record<string, unknown>>
type Where = Readonly<Record<string, unknown>>

/** SQL's third truth value. */
const UNKNOWN = undefined
type Truth = boolean | typeof UNKNOWN

export class FieldReference {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

export function isSelectedByPrisma(where: Where, row: Row): boolean {
  return truthOf(where, row) === true
}

function truthOf(where: Where, row: Row): Truth {
  return all(
    Object.entries(where).map(([key, value]) => {
      if (key === 'AND') return all((value as Where[]).map((one) => truthOf(one, row)))
      if (key === 'OR') return not(all((value as Where[]).map((one) => not(truthOf(one, row)))))
      if (key === 'NOT') return not(truthOf(value as Where, row))
      if (!Object.hasOwn(row, key)) throw new Error(`no field ${key}`)
      return all(Object.entries(value as Where).map((test) => testOf(row, row[key], test)))
    }),
  )
}

function all(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false
  return parts.includes(UNKNOWN) ? UNKNOWN : true
}

function not(truth: Truth): Truth {
  return truth === UNKNOWN ? UNKNOWN : !truth
}

function testOf(row: Row, had: unknown, [operator, given]: readonly [string, unknown]): Truth {
  if (given === null) return (had === null) === (operator === 'equals')
  const wanted = given instanceof FieldReference ? row[given.name] : given
  if (had === null || wanted === null) return UNKNOWN
  const [text, pattern] = [had, wanted] as [string, string]
  switch (operator) {
    case 'equals':
      return order(had, wanted) === 0
    case 'not':
      return order(had, wanted) !== 0
    case 'in':
      return (wanted as unknown[]).includes(had)
    case 'notIn':
      return !(wanted as unknown[]).includes(had)
    case 'startsWith':
      return like(text, `${pattern}%`)
    case 'endsWith':
      return like(text, `%${pattern}`)
    case 'contains':
      return like(text, `%${pattern}%`)
    case 'lt':
      return order(had, wanted) < 0
    case 'lte':
      return order(had, wanted) <= 0
    case 'gt':
      return order(had, wanted) > 0
    case 'gte':
      return order(had, wanted) >= 0
    default:
      throw new Error(`no operator ${operator}`)
  }
}

/** Decimals of at most six places are compared as whole numbers. */
function order(had: unknown, wanted: unknown): number {
  const [a, b] = [had, wanted].map(comparable)
  if (typeof a !== typeof b) throw new Error(`${String(had)} against ${String(wanted)}`)
  return a === b ? 0 : (a as bigint) < (b as bigint) ? -1 : 1
}

const INSTANT = /^\d{4}-\d\d-\d\dT/
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/

function comparable(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof Date) return BigInt(value.getTime())
  if (INSTANT.test(String(value))) return BigInt(Date.parse(String(value)))
  const match = NUMBER.exec(String(value))
  if (!match) return value
  const [, sign, whole = '0', fraction = ''] = match
  return BigInt(`${sign}${whole}${fraction.padEnd(100, '0')}`)
}

/** LIKE with the backslash as its escape; `_` is one character, not one code unit. */
function like(text: string, pattern: string): boolean {
  const parts = [...pattern.matchAll(/\\(.)|([\s\S])/gsu)].map(([, escaped, plain = '']) => {
    if (escaped !== undefined) return literal(escaped)
    return plain === '%' ? '.*' : plain === '_' ? '.' : literal(plain)
  })
  return new RegExp(`^${parts.join('')}$`, 'su').test(text)
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replaceAll('\\-', '-')
}
