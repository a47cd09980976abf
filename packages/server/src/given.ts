/**
 * The types of AWS's clients as they are once a request has been read: what is required is there, lists are read only.
 *
 * Errors  None.
 *
 * @module
 */

/** What has no members of its own to look at. */
type Whole = string | number | boolean | bigint | Date | Uint8Array | null | undefined

/** The clients' types let a required member be `undefined`; no request with one gets this far, and no answer may. */
export type Given<T> = T extends Whole
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Given<Item>[]
    : {
        readonly [K in keyof T]: T extends Record<K, T[K]>
          ? Exclude<Given<T[K]>, undefined>
          : Given<T[K]>
      }
