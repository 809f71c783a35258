import { fail } from '../../../base/errors.ts'
import type { Cell, TableChunk, UnreadColumn } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
import { flattened, isList, LISTS } from './flattened.ts'
import { JsonNames } from './json-names.ts'
import type { JsonObject } from './json-object.ts'
import { CHUNK_TEXT, type ReadTableOptions } from './reader.ts'

/** How a JSON text that comes in pieces falls into objects. */
export interface JsonSplitter {
  /** The line that has been come to. */
  readonly line: number
  /** The objects that this piece ends. */
  push(piece: string): Iterable<JsonObject>
  /** Those that end with the text. */
  end(): Iterable<JsonObject>
}

/** The rows of a JSON text; `what` it is called in messages. */
export async function* jsonChunks(
  texts: AsyncIterable<string>,
  splitter: JsonSplitter,
  options: ReadTableOptions,
  what: string,
): AsyncGenerator<TableChunk> {
  const taken = new JsonRows(options)
  const names = new JsonNames(options, (note) => taken.note(note))
  let characters = 0
  for await (const text of texts) {
    taken.take(names.push(splitter.push(text)))
    characters += text.length
    const all = options.eager === true || characters > CHUNK_TEXT
    if (all) characters = 0
    yield* taken.chunks(all)
  }
  taken.take([...names.push(splitter.end()), ...names.end()])
  taken.checkAny(what)
  yield* taken.chunks(true)
}

/** The names before each dot: of a.b.c these are a and a.b. */
function outerNames(names: Iterable<string>): Set<string> {
  const outer = new Set<string>()
  for (const name of names)
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      outer.add(name.slice(0, dot))
  return outer
}

/** Objects become rows of one width; objects in them lie flat, under dotted names. */
class JsonRows {
  readonly #options: ReadTableOptions
  #columns: readonly string[] | undefined
  #unread: readonly UnreadColumn[] = []
  #known = new Set<string>()
  /** Names of objects that lie flat: null stands there for one whose fields are all missing. */
  #objectNames = new Set<string>()
  #objects: JsonObject[] = []
  #first = 0
  readonly #notes: string[] = []
  #noNumbers = false

  constructor(options: ReadTableOptions) {
    this.#options = options
    if (options.keys) this.#knowColumns(options.keys, [])
  }

  /** Says something of the table, with the next chunk. */
  note(text: string): void {
    this.#notes.push(text)
  }

  take(objects: Iterable<JsonObject>): void {
    for (const { line, fields, text, noNumbers = 0 } of objects) {
      if (noNumbers > 0 && !this.#noNumbers)
        this.note(`NaN and Infinity, which JSON does not have, are missing; the first is on line ${line}`)
      this.#noNumbers ||= noNumbers > 0
      const own = this.#options.keeping ? { whole: fields, text } : {}
      this.#objects.push({ line, fields: flattened(fields), ...own })
    }
  }

  /** A column that has a list in a cell is not read; one of nulls that are objects elsewhere is none. */
  #knowColumns(keys: Iterable<string>, objects: readonly JsonObject[]): readonly string[] {
    const all = new Set(keys)
    this.#objectNames = outerNames(all)
    const isObject = (key: string) =>
      this.#objectNames.has(key) && objects.every(({ fields }) => (fields[key] ?? null) === null)
    this.#known = new Set([...all].filter((key) => objects.length === 0 || !isObject(key)))
    const lists = new Set<string>()
    for (const { fields } of objects) for (const key in fields) if (isList(fields[key])) lists.add(key)
    this.#unread = [...lists].map((name) => ({ name, reason: LISTS }))
    this.#columns = columnNames([...this.#known].filter((key) => !lists.has(key)))
    return this.#columns
  }

  /** Chunks of the objects taken so far; what does not fill one is kept unless `all`. */
  *chunks(all: boolean): Generator<TableChunk> {
    const most = this.#options.chunkRows ?? CHUNK_ROWS
    let from = 0
    for (; this.#objects.length - from >= (all ? 1 : most); from += most) {
      const objects = this.#objects.slice(from, from + most)
      const columns =
        this.#columns ??
        this.#knowColumns(
          objects.flatMap(({ fields }) => Object.keys(fields)),
          objects,
        )
      const first = this.#first
      const rows = objects.map((object, index) => this.#row(object, first + index, columns))
      this.#first += rows.length
      const unread = this.#unread.length > 0 ? { unread: this.#unread } : {}
      const lists = this.#unread.map(({ name }) => name)
      const notes = this.#notes.splice(0)
      const whole = this.#options.keeping?.json(this.#known, lists, objects)
      yield {
        columns,
        first,
        rows,
        lines: objects.map(({ line }) => line),
        ...unread,
        ...(notes.length > 0 && { notes }),
        ...(whole && { whole }),
      }
    }
    if (from > 0) this.#objects = this.#objects.slice(from)
  }

  #row({ fields, line }: JsonObject, row: number, columns: readonly string[]): Cell[] {
    if (!this.#options.keys) this.#checkKeys(fields, row, line)
    return columns.map((key) =>
      cellOf(
        Object.hasOwn(fields, key) ? fields[key] : null,
        () => `row ${row + 1} (line ${line}), key "${key.slice(0, 40)}"`,
      ),
    )
  }

  #checkKeys(fields: JsonObject['fields'], row: number, line: number): void {
    for (const key in fields)
      if (!this.#known.has(key) && !(this.#objectNames.has(key) && fields[key] === null))
        fail({
          code: 'json-lines/key',
          seen: `the key "${key.slice(0, 40)}" for the first time in row ${row + 1} (line ${line})`,
          wanted: 'the keys of the rows of the first chunk',
          fix: 'give it to one of the first rows, with null for nothing, or leave it out',
        })
  }

  /** Error: `json-lines/empty` where there was no row, or none with a value. */
  checkAny(what: string): void {
    if (this.#first + this.#objects.length === 0)
      fail({
        code: 'json-lines/empty',
        seen: `a ${what} file without a row`,
        wanted: 'one JSON object for each row',
        fix: 'check that this is the right file',
      })
  }
}
