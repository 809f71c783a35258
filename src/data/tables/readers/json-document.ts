import { fail } from '../../../base/errors.ts'
import { isList } from './flattened.ts'
import { numbered } from './json-elements.ts'
import type { JsonObject } from './json-object.ts'
import type { JsonSplitter } from './json-rows.ts'
import { type ParsedJson, parseJsonCells, whatIsWrong } from './parse-json.ts'

type Fields = JsonObject['fields']

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !isList(value)

const areRows = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.length > 0 && value.every(isFields)

const refuseDocument = (seen: string, cause?: unknown): never =>
  fail({
    code: 'json/document',
    seen,
    cause,
    wanted: 'an array of objects, an object for each column or each row, or JSON Lines',
    fix: 'write the table as [{"column": value, …}, …]',
  })

/** `{"columns": […], "data": [[…], …]}`, as pandas splits a table. */
function splitRows({ columns, data }: Fields): readonly Fields[] | undefined {
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return undefined
  return data.map((row: readonly unknown[]) =>
    Object.fromEntries(columns.map((name, at) => [`${name}`, row[at] ?? null])),
  )
}

const areRowNumbers = (keys: readonly string[]): boolean => keys.every((key) => /^\d+$/.test(key))

/** An object that has lists or objects of one size: a column each, as pandas and R write them; or a row each, by its number. */
function columnRows(fields: Fields): readonly Fields[] | undefined {
  const columns = Object.entries(fields)
  const keysOf = (column: unknown): readonly string[] =>
    isFields(column) || Array.isArray(column) ? Object.keys(column) : []
  const keys = keysOf(columns[0]?.[1])
  const alike = columns.every(([, column]) => {
    const own = keysOf(column)
    return own.length === keys.length && own.every((key, at) => key === keys[at])
  })
  if (keys.length < 2 || !alike) return undefined
  if (areRowNumbers(Object.keys(fields)) && !areRowNumbers(keys))
    return columns.flatMap(([, row]) => (isFields(row) ? [row] : []))
  return keys.map((key) =>
    Object.fromEntries(columns.map(([name, column]) => [name, (column as Fields)[key]])),
  )
}

/** The rows that a JSON object has: an array of objects in it, a table split into names and rows, columns; or itself. */
function rowsOf(value: unknown): readonly Fields[] {
  if (!isFields(value)) return refuseDocument(`${JSON.stringify(value).slice(0, 40)} for a table`)
  const arrays = Object.values(value).filter(areRows)
  return splitRows(value) ?? (arrays.length === 1 ? arrays[0] : columnRows(value)) ?? [value]
}

/** The rows of an object that has an array of arrays and no other, as sheets of Google and the census have them. */
function arraysIn(value: unknown): readonly (readonly unknown[])[] | undefined {
  if (!isFields(value) || splitRows(value)) return undefined
  const arrays = Object.values(value).filter(Array.isArray)
  const [rows] = arrays
  return arrays.length === 1 && rows.length > 1 && rows.every(Array.isArray) ? rows : undefined
}

/** Characters of one object that holds a whole table. */
const MOST_CHARACTERS = 2 ** 28

/** One object for a whole table. */
export class JsonDocument implements JsonSplitter {
  readonly line = 1
  readonly #parts: string[] = []
  #length = 0

  /** Error: `json/too-large`. */
  push(piece: string): readonly JsonObject[] {
    this.#parts.push(piece)
    this.#length += piece.length
    if (this.#length > MOST_CHARACTERS)
      fail({
        code: 'json/too-large',
        seen: `more than ${MOST_CHARACTERS} characters of one object for a whole table`,
        wanted: 'JSON Lines or an array of objects, which are read row by row',
        fix: 'write the table as JSON Lines',
      })
    return []
  }

  /** Error: `json/document`. */
  end(): readonly JsonObject[] {
    let parsed: ParsedJson
    try {
      parsed = parseJsonCells(this.#parts.join('').trimStart())
    } catch (cause) {
      return refuseDocument(whatIsWrong(this.#parts[0], cause), cause)
    }
    const { value, noNumbers } = parsed
    const said = (at: number) => (at === 0 ? { noNumbers } : {})
    const arrays = arraysIn(value)
    if (arrays)
      return arrays.map((cells, at) => ({ line: 1, fields: numbered(cells), isArray: true, ...said(at) }))
    return rowsOf(value).map((fields, at) => ({ line: 1, fields, ...said(at) }))
  }
}
