/** Lists, maps and structures of Parquet put together again from their leaves (Melnik et al. 2010, "Dremel"). */
import type { DecodedArray, SchemaTree } from 'hyparquet'
import { areUnsaid, isRepeated, valueForm } from '../../readers/parquet-types.ts'
import { type ColumnOfGroup, pageDecoder, pageTurner, pointed } from '../../readers/parquet-values.ts'
import { entriesOf, itemOf } from './parquet-types.ts'

/** All values of a column of a group of rows as they lie, and the levels that place each of them, and each gap. */
interface ColumnEntries {
  readonly definitions: readonly number[]
  readonly repetitions: readonly number[]
  readonly values: readonly unknown[]
}

/** Reads a column of lists, or a part of a structure, at once. */
async function columnEntries(of: ColumnOfGroup): Promise<ColumnEntries> {
  const next = pageTurner(of)
  const decoder = pageDecoder(of)
  const found = { definitions: [] as number[], repetitions: [] as number[], values: [] as unknown[] }
  const put = <Value>(into: Value[], from: ArrayLike<Value>, count: number, other: Value) => {
    for (let at = 0; at < count; at++) into.push(at < from.length ? from[at] : other)
  }
  let entries: DecodedArray = []
  for (const total = Number(of.column.num_values); found.definitions.length < total; ) {
    const unpacked = await next(found.definitions.length)
    if (unpacked.header.type === 'DICTIONARY_PAGE') entries = decoder.entries(unpacked)
    const page = decoder.page(unpacked)
    if (!page) continue
    const { definitions, repetitions, isPlaces } = page
    const values: ArrayLike<unknown> = isPlaces ? pointed(page.values, entries) : page.values
    const count = Math.max(definitions.length, repetitions.length, values.length)
    put(found.definitions, definitions, count, of.level)
    put(found.repetitions, repetitions, count, 0)
    put(found.values, values, values.length, undefined)
  }
  return found
}

/** The values of a leaf, the levels that place them, and where one stands among them. */
interface Leaf {
  readonly definitions: ArrayLike<number>
  readonly repetitions: ArrayLike<number>
  readonly values: ArrayLike<unknown>
  readonly level: number
  at: number
  next: number
}

async function leafOf(of: ColumnOfGroup): Promise<Leaf> {
  const { definitions, repetitions, values } = await columnEntries(of)
  const form = areUnsaid(of.type) ? undefined : valueForm(of.type)
  return {
    definitions,
    repetitions,
    values: form ? Array.from(values, form) : values,
    level: of.level,
    at: 0,
    next: 0,
  }
}

/** An entry of a map, whose parts may be called otherwise. */
function entryOf(entry: unknown): unknown {
  const [key, value] = Object.values(entry as object)
  return { key, value }
}

/** Puts the values of one column together, whose leaves are in the order of its schema. */
class Assembly {
  readonly #leaves = new Map<SchemaTree, readonly Leaf[]>()

  constructor(node: SchemaTree, leaves: readonly Leaf[]) {
    this.#place(node, leaves, 0)
  }

  #place(node: SchemaTree, all: readonly Leaf[], from: number): number {
    let to = node.children.length === 0 ? from + 1 : from
    for (const child of node.children) to = this.#place(child, all, to)
    this.#leaves.set(node, all.slice(from, to))
    return to
  }

  #first(node: SchemaTree): Leaf {
    return (this.#leaves.get(node) as readonly Leaf[])[0]
  }

  #level(node: SchemaTree): number {
    const { definitions, at } = this.#first(node)
    if (at >= definitions.length) throw new Error('fewer values than rows')
    return definitions[at]
  }

  #skip(node: SchemaTree): void {
    for (const leaf of this.#leaves.get(node) ?? []) leaf.at++
  }

  /** What stands next in a part: within `definition` parts that may be missing, and `repetition` that are repeated. */
  value(node: SchemaTree, definition = 0, repetition = 0): unknown {
    if (isRepeated(node)) return this.#items(node, node, definition, repetition)
    if (node.element.repetition_type !== 'OPTIONAL') return this.#inside(node, definition, repetition)
    if (this.#level(node) > definition) return this.#inside(node, definition + 1, repetition)
    this.#skip(node)
    return null
  }

  #inside(node: SchemaTree, definition: number, repetition: number): unknown {
    const list = entriesOf(node, 'LIST')
    if (list) return this.#items(list, itemOf(list), definition, repetition)
    const map = entriesOf(node, 'MAP')
    if (map) return this.#items(map, map, definition, repetition).map(entryOf)
    if (node.children.length === 0) return this.#take(node)
    return this.#fields(node, definition, repetition)
  }

  #fields(node: SchemaTree, definition: number, repetition: number): unknown {
    const fields = node.children.map(
      (child) => [child.element.name, this.value(child, definition, repetition)] as const,
    )
    return Object.fromEntries(fields)
  }

  #take(node: SchemaTree): unknown {
    const leaf = this.#first(node)
    const isThere = this.#level(node) === leaf.level
    leaf.at++
    return isThere ? leaf.values[leaf.next++] : null
  }

  #items(repeated: SchemaTree, item: SchemaTree, definition: number, repetition: number): unknown[] {
    const items: unknown[] = []
    if (this.#level(repeated) <= definition) {
      this.#skip(repeated)
      return items
    }
    const { repetitions } = this.#first(repeated)
    do
      items.push(
        item === repeated
          ? this.#inside(item, definition + 1, repetition + 1)
          : this.value(item, definition + 1, repetition + 1),
      )
    while (repetitions[this.#first(repeated).at] === repetition + 1)
    return items
  }
}

/** Reads a column of a group of rows with all that is inside of it, the next `count` values at a time. */
export function wholeReader(
  node: SchemaTree,
  leaves: readonly ColumnOfGroup[],
): (count: number) => Promise<readonly unknown[]> {
  let assembly: Assembly | undefined
  return async (count) => {
    assembly ??= new Assembly(node, await Promise.all(leaves.map(leafOf)))
    const own = assembly
    return Array.from({ length: count }, () => own.value(node))
  }
}
