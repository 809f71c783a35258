import { fail } from '../../../base/errors.ts'
import { HeldText } from '../../formats/held-text.ts'
import type { TableChunk } from '../cell.ts'
import type { JsonObject } from './json-object.ts'
import { type JsonSplitter, jsonChunks } from './json-rows.ts'
import { type ParsedJson, parseJsonCells, whatIsWrong } from './parse-json.ts'
import { beginsWith, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'
import { textOf } from './text.ts'

const refuseLine = (line: number, seen: string, cause?: unknown): never =>
  fail({
    code: 'json-lines/line',
    seen: `${seen} on line ${line}`,
    wanted: 'one JSON object a line, from column names to values',
    fix: 'write each row as {"column": value} on a line of its own; jq -c ".[]" does so for an array of objects',
    cause,
  })

function objectOn(text: string, line: number): JsonObject {
  let parsed: ParsedJson
  try {
    parsed = parseJsonCells(text)
  } catch (error) {
    return refuseLine(line, whatIsWrong(text, error), error)
  }
  const { value: fields, noNumbers } = parsed
  if (Array.isArray(fields)) return refuseLine(line, 'an array')
  if (typeof fields !== 'object' || fields === null)
    return refuseLine(line, `${JSON.stringify(fields).slice(0, 40)}`)
  return { line, fields: fields as JsonObject['fields'], text: parsed.text, noNumbers }
}

/** Text in pieces falls into the objects on its lines; blank lines are passed over. */
export class JsonLines implements JsonSplitter {
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

async function* readJsonLines(
  source: TableSource,
  options: ReadTableOptions = {},
): AsyncGenerator<TableChunk> {
  const lines = new JsonLines(options.longest)
  const texts = textOf(source.pieces(), () => `line ${lines.line}`)
  yield* jsonChunks(texts, lines, options, jsonLines.name)
}

/**
 * JSON Lines: one object a line. Columns are the keys of the first chunk in the order they come up in, those of objects
 * in objects by dotted names; a key that a row lacks is missing, one that only a later row has is an error, unless
 * `keys` says which to read. Columns that begin with lists are not read.
 *
 * Errors: `json-lines/line`, `json-lines/key`, `json-lines/empty`, `table/nested`, `text/long-record`, `text/utf-8`,
 * `text/utf-16`.
 */
export const jsonLines: TableReader = {
  name: 'JSON Lines',
  endings: ['jsonl', 'ndjson', 'jsonlines'],
  matches: (opening) => beginsWith(opening, '{'),
  read: readJsonLines,
}
