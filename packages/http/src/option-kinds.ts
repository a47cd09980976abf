/**
 * Options as they come from an app in JavaScript, which has no types: what is misspelt would be taken for left out.
 *
 * Shape   the compiler holds each {@link KindsOf} against the type whose fields it lists: none is forgotten.
 * Errors  {@link IamOptionsError} (`ERR_IAM_OPTIONS_INVALID`) from {@link checkKinds}, at start-up.
 *
 * @module
 */
import { IamOptionsError } from './errors.js'

/** What an option's value is; `any` where another check says it better. */
export type OptionKind = 'function' | 'boolean' | 'string' | 'number' | 'list' | 'any'

/** Every option of a type, by its name. */
export type KindsOf<Options> = { readonly [Name in keyof Options]-?: OptionKind }

/** Options by their name, whatever the type. */
export type Kinds = Readonly<Record<string, OptionKind>>

/**
 * Refuses options that `what` does not have, or that are of another kind.
 *
 * @example
 * ```ts
 * checkKinds('`guard`', options, KINDS) // const KINDS: KindsOf<GuardOptions> = { notFound: 'function' }
 * ```
 */
export function checkKinds(what: string, options: unknown, kinds: Kinds): void {
  const wrong = wrongOption(what, options, kinds)
  if (wrong) throw new IamOptionsError(wrong.option, wrong.problem)
}

/** Refuses what an adapter's `guard` cannot work with. */
export function checkGuard(iam: unknown, options: unknown, kinds: Kinds): void {
  if (typeof (Object(iam) as { guard?: unknown }).guard !== 'function') {
    throw new IamOptionsError('iam', 'must be what `createIam` gives')
  }
  checkKinds('`guard`', options, kinds)
}

/** The first option that is wrong, and what is wrong with it; undefined where all are right. */
export function wrongOption(
  what: string,
  options: unknown,
  kinds: Kinds,
): { readonly option: string; readonly problem: string } | undefined {
  if (kindOf(options) !== 'object') return { option: 'options', problem: 'must be an object' }
  for (const [option, value] of Object.entries(options as object)) {
    const kind = Object.hasOwn(kinds, option) ? kinds[option] : undefined
    if (kind === undefined) return { option: option.slice(0, 64), problem: noneOf(what, kinds) }
    if (value !== undefined && kind !== 'any' && kindOf(value) !== kind) {
      return { option, problem: `must be a ${kind}` }
    }
  }
  return undefined
}

/** The first field that is none of those; undefined where all are. Quick, for what every request makes. */
export function foreignField(value: object, known: ReadonlySet<string>): string | undefined {
  for (const name in value) if (!known.has(name)) return name.slice(0, 64)
  return undefined
}

/** The names of all fields of a type, for {@link foreignField}. */
export function fieldsOf<T>(fields: { readonly [Name in keyof T]-?: true }): ReadonlySet<string> {
  return new Set(Object.keys(fields))
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value
}

function noneOf(what: string, kinds: Kinds): string {
  const names = Object.keys(kinds).join(', ')
  return names === '' ? `${what} has no options` : `is no option of ${what}; there are ${names}`
}
