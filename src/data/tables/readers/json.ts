import type { TableChunk } from '../cell.ts'
import { JsonDocument } from './json-document.ts'
import { JsonElements } from './json-elements.ts'
import { JsonLines } from './json-lines.ts'
import { type JsonSplitter, jsonChunks } from './json-rows.ts'
import { parseJsonCells } from './parse-json.ts'
import { beginsWith, type ReadTableOptions, type TableReader, type TableSource } from './reader.ts'
import { textOf } from './text.ts'

/** A first line longer than this is one object for the whole table. */
const LONG_LINE = 2 ** 20

function isJson(text: string): boolean {
  try {
    parseJsonCells(text)
    return true
  } catch {
    return false
  }
}

/**
 * How a JSON text is laid out, as far as it has come; undefined where that is not known yet: an array; lines, of which
 * the first is whole and another follows; else one object for the whole table.
 */
function splitterFor(opening: string, isWhole: boolean, longest?: number): JsonSplitter | undefined {
  const text = opening.trimStart()
  if (text.startsWith('[')) return new JsonElements(longest)
  const end = text.indexOf('\n')
  if (end < 0) return isWhole || text.length > LONG_LINE ? new JsonDocument() : undefined
  if (!isJson(text.slice(0, end))) return new JsonDocument()
  if (text.slice(end).trim() !== '') return new JsonLines(longest)
  return isWhole ? new JsonDocument() : undefined
}

async function* readJson(source: TableSource, options: ReadTableOptions = {}): AsyncGenerator<TableChunk> {
  let opening = ''
  let splitter: JsonSplitter | undefined
  const texts = textOf(source.pieces(), () => `line ${splitter?.line ?? 1}`)
  try {
    while (splitter === undefined) {
      const next = await texts.next()
      if (!next.done) opening += next.value
      splitter = splitterFor(opening, next.done === true, options.longest)
    }
    yield* jsonChunks(resumed(opening, texts), splitter, options, json.name)
  } finally {
    await texts.return(undefined)
  }
}

async function* resumed(opening: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield opening
  yield* rest
}

/**
 * JSON: an array of objects, read one after another; an object that holds such an array, or its columns; or JSON Lines.
 * Objects in objects lie flat, under dotted names; columns that begin with lists are not read.
 *
 * Errors: `json/array`, `json/document`, `json/too-large`, and those of JSON Lines.
 */
export const json: TableReader = {
  name: 'JSON',
  endings: ['json', 'geojson'],
  matches: (opening) => beginsWith(opening, '['),
  read: readJson,
}
