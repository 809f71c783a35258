import { fail } from '../../../base/errors.ts'
import { HeldText } from '../../formats/held-text.ts'
import type { Cell, TableChunk } from '../cell.ts'
import { cellOf } from '../cell-of.ts'
import { columnNames } from '../column-names.ts'
import { CHUNK_ROWS } from '../rows.ts'
import {
  beginsWith,
  CHUNK_TEXT,
  type ReadTableOptions,
  type TableReader,
  type TableSource,
} from './reader.ts'
import { textOf } from './text.ts'

interface JsonObject {
  readonly line: number
  readonly fields: Readonly<Record<string, unknown>>
}

const refuseLine = (line: number, seen: string, cause?: unknown): never =>
  fail({
    code: 'json-lines/line',
    seen: `${seen} on line ${line}`,
    wanted: 'one JSON object a line, from column names to values',
    fix: 'write each row as {"column": value} on a line of its own; jq -c ".[]" does so for an array of objects',
    cause,
  })

function objectOn(text: string, line: number): JsonObject {
  let fields: unknown
  try {
    fields = JSON.parse(text)
  } catch (error) {
    return refuseLine(line, `no JSON (${JSON.stringify(text.trim().slice(0, 40))})`, error)
  }
  if (Array.isArray(fields)) return refuseLine(line, 'an array')
  if (typeof fields !== 'object' || fields === null)
    return refuseLine(line, `${JSON.stringify(fields).slice(0, 40)}`)
  return { line, fields: fields as JsonObject['fields'] }
}

/** Text in pieces falls into the objects on its lines; blank lines are passed over. */
class JsonLines {
  readonly #held: HeldText
  #line = 1

  constructor(longest?: number) {
    this.#held = new HeldText(longest)
  }

  get line(): number {
    return this.#line
  }

  push(piece: string): JsonObject[] {
    const text = this.#held.add(piece)
    const objects = text === undefined ? [] : this.#split(text)
    this.#held.check(this.#line)
    return objects
  }

  end(): JsonObject[] {
    return this.#split(`${this.#held.all()}\n`)
  }

  #split(all: string): JsonObject[] {
    const text = this.#line === 1 && all.startsWith('\ufeff') ? all.slice(1) : all
    const objects: JsonObject[] = []
    let at = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      this.#held.check(this.#line, end - at)
      const line = text.slice(at, end)
      if (line.trim() !== '') objects.push(objectOn(line, this.#line))
      this.#line++
      at = end + 1
    }
    this.#held.keep(at === 0 ? all : text.slice(at))
    return objects
  }
}

/** Objects become rows of one width. */
class JsonRows {
  readonly #options: ReadTableOptions
  #columns: readonly string[] | undefined
  #known = new Set<string>()
  #objects: JsonObject[] = []
  #first = 0

  constructor(options: ReadTableOptions) {
    this.#options = options
    if (options.keys) this.#knowColumns(options.keys)
  }

  take(objects: readonly JsonObject[]): void {
    for (const object of objects) this.#objects.push(object)
  }

  #knowColumns(keys: Iterable<string>): readonly string[] {
    this.#known = new Set(keys)
    this.#columns = columnNames([...this.#known])
    return this.#columns
  }

  /** Chunks of the objects taken so far; what does not fill one is kept unless `all`. */
  *chunks(all: boolean): Generator<TableChunk> {
    const most = this.#options.chunkRows ?? CHUNK_ROWS
    let from = 0
    for (; this.#objects.length - from >= (all ? 1 : most); from += most) {
      const objects = this.#objects.slice(from, from + most)
      const columns = this.#columns ?? this.#knowColumns(objects.flatMap(({ fields }) => Object.keys(fields)))
      const first = this.#first
      const rows = objects.map((object, index) => this.#row(object, first + index, columns))
      this.#first += rows.length
      yield { columns, first, rows, lines: objects.map(({ line }) => line) }
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
      if (!this.#known.has(key))
        fail({
          code: 'json-lines/key',
          seen: `the key "${key.slice(0, 40)}" for the first time in row ${row + 1} (line ${line})`,
          wanted: 'the keys of the rows of the first chunk',
          fix: 'give it to one of the first rows, with null for nothing, or leave it out',
        })
  }

  /** Error: `json-lines/empty` where there was no row, or none with a value. */
  checkAny(): void {
    if (this.#first + this.#objects.length === 0)
      fail({
        code: 'json-lines/empty',
        seen: 'a JSON Lines file without a row',
        wanted: 'one JSON object a line',
        fix: 'check that this is the right file',
      })
  }
}

async function* readJsonLines(
  source: TableSource,
  options: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const lines = new JsonLines(options.longest)
  const taken = new JsonRows(options)
  let characters = 0
  for await (const text of textOf(source.pieces(), () => `line ${lines.line}`)) {
    taken.take(lines.push(text))
    characters += text.length
    const all = options.eager === true || characters > CHUNK_TEXT
    if (all) characters = 0
    yield* taken.chunks(all)
  }
  taken.take(lines.end())
  taken.checkAny()
  yield* taken.chunks(true)
}

/**
 * JSON Lines: one object a line. Columns are the keys of the first chunk in the order they come up in; a key that a
 * row lacks is missing, one that only a later row has is an error, unless `keys` says which to read.
 *
 * Errors: `json-lines/line`, `json-lines/key`, `json-lines/empty`, `table/nested`, `text/long-record`, `text/utf-8`,
 * `text/utf-16`.
 */
export const jsonLines: TableReader = {
  name: 'JSON Lines',
  endings: ['jsonl', 'ndjson', 'jsonlines', 'json'],
  matches: (opening) => beginsWith(opening, '{') || beginsWith(opening, '[{'),
  read: readJsonLines,
}
