/**
 * Lists in pages: where the last one ended, and how much fits into one.
 *
 * Shape   a list is in the order of a key; a marker is the last key of its page, which `markers.ts` binds to the list.
 *         What was added or removed between two pages shifts nothing.
 * Units   `MaxItems` 1 to 1000, 100 where it is absent.
 * Errors  None.
 * Source  IAM API reference, parameters `Marker` and `MaxItems`.
 *
 * @module
 */

export interface PageInput {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** What goes into the answer beside the items. */
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string }
}

/** An array, or what stands for one that would be long to make. */
export interface List<Item> {
  readonly length: number
  readonly at: (index: number) => Item | undefined
}

export interface PageOptions<Item> {
  /** What a list is in the order of; no two items have the same. */
  readonly keyOf: (item: Item) => string
  /** Absent: every item. */
  readonly filter?: (item: Item) => boolean
}

const DEFAULT_ITEMS = 100

/** Cuts a page out of a list that is in the order of its keys. */
export function pageOf<Item>(
  list: List<Item>,
  { Marker, MaxItems = DEFAULT_ITEMS }: PageInput,
  { keyOf, filter = () => true }: PageOptions<Item>,
): Page<Item> {
  const items: Item[] = []
  const start = Marker === undefined ? 0 : placeAfter(list, Marker, keyOf)
  for (let at = start; at < list.length; at++) {
    const item = list.at(at) as Item
    if (!filter(item)) continue
    const last = items.at(-1)
    if (last !== undefined && items.length === MaxItems)
      return { items, rest: { IsTruncated: true, Marker: keyOf(last) } }
    items.push(item)
  }
  return { items, rest: { IsTruncated: false } }
}

/** By halves: pages at the end of a long list cost what those at its start do. */
function placeAfter<Item>(list: List<Item>, key: string, keyOf: (item: Item) => string): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keyOf(list.at(middle) as Item) <= key) low = middle + 1
    else high = middle
  }
  return low
}

/** The key in the order that an account's lists have: of names, whatever their case. */
export function nameKey({ name }: { readonly name: string }): string {
  return name.toLowerCase()
}

/** Puts a list that is in no order into the order of its keys. */
export function inOrder<Item>(
  list: Iterable<Item>,
  keyOf: (item: Item) => string,
): readonly Item[] {
  return [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
