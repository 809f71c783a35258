/** Reads what comes in the bodies of requests. */
import { fail } from '../../../base/errors.ts'
import type { Cell } from '../../../data/tables/cell.ts'
import { openTableBytes } from '../../../data/tables/open-table-bytes.ts'
import { parseJsonCells, whatIsWrong } from '../../../data/tables/readers/parse-json.ts'
import type { Given } from '../../../infer/given.ts'
import type { BodyForm } from './protocol.ts'
import { conditionIn, conditionsTogether } from './sent-conditions.ts'

/** Rows as a body has them: as objects, or as lists of cells beside the names of columns. */
export type BodyRows =
  | { readonly objects: readonly Readonly<Record<string, unknown>>[] }
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Rows of a table. Errors: `serve/body`, `serve/rows`, and those of the reader of Arrow. */
export async function tableRowsIn(bytes: Uint8Array, form: BodyForm, most: number): Promise<BodyRows> {
  if (form === 'arrow') return arrowRows(bytes, most)
  if (form === 'lines') return { objects: linesIn(bytes, most).map(objectOf) }
  const { rows, columns, condition } = documentIn(bytes, 'rows')
  checkCount(rows.length, most)
  if (condition !== undefined)
    refuseBody('a condition beside rows of a table', 'what the model is given as columns of the rows')
  if (columns === undefined) return { objects: rows.map(objectOf) }
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === 'string'))
    refuseBody('columns that are not a list of names', '{"columns": ["age", …], "rows": [[31, …], …]}')
  return {
    columns: columns as string[],
    rows: rows.map((row, at) => listOf(row, at, (columns as string[]).length)),
  }
}

/** Rows or codes as lists of numbers, and what a body says that a model is given with them. */
export interface SentNumbers {
  readonly lists: readonly unknown[]
  readonly condition: Given | undefined
}

/** What one of them is called in a line of its own. */
const SINGLE = { rows: 'row', codes: 'code' } as const

/** Lists of numbers, or of lists of numbers, under `key`. Errors: `serve/body`, `serve/rows`. */
export function numbersIn(
  bytes: Uint8Array,
  form: BodyForm,
  key: keyof typeof SINGLE,
  most: number,
): SentNumbers {
  if (form === 'arrow')
    refuseBody('Arrow for lists of numbers', `JSON, such as {"${key}": [[0.5, …], …]}`, 'serve/media-type')
  if (form === 'lines') return numbersInLines(linesIn(bytes, most), SINGLE[key])
  const { [key]: lists, condition } = documentIn(bytes, key)
  checkCount(lists.length, most)
  return { lists, condition: condition === undefined ? undefined : conditionIn(condition) }
}

/** A line is a list, or an object with the list and its condition. */
function numbersInLines(lines: readonly unknown[], single: string): SentNumbers {
  const each = lines.map((line) => {
    if (typeof line !== 'object' || line === null || Array.isArray(line)) return { list: line }
    const { [single]: list, condition } = line as Readonly<Record<string, unknown>>
    return { list, condition }
  })
  return {
    lists: each.map(({ list }) => list),
    condition: conditionsTogether(each.map(({ condition }) => condition)),
  }
}

type Document = Readonly<Record<string, unknown>> & { readonly rows: readonly unknown[] }

function documentIn(
  bytes: Uint8Array,
  key: keyof typeof SINGLE,
): Readonly<Record<typeof key, readonly unknown[]>> & { columns?: unknown; condition?: unknown } {
  const found = jsonIn(textOf(bytes))
  const listed = Array.isArray(found) ? { [key]: found } : found
  if (typeof listed !== 'object' || listed === null || !Array.isArray((listed as Document)[key]))
    refuseBody(`JSON without a list of ${key}`, `{"${key}": […]}`)
  return listed as Readonly<Record<typeof key, readonly unknown[]>>
}

function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    return refuseBody('bytes that are no UTF-8', 'text in UTF-8')
  }
}

function jsonIn(text: string): unknown {
  try {
    return parseJsonCells(text).value
  } catch (error) {
    return refuseBody(whatIsWrong(text, error), 'one JSON document')
  }
}

function linesIn(bytes: Uint8Array, most: number): unknown[] {
  const lines = textOf(bytes)
    .split('\n')
    .filter((line) => line.trim() !== '')
  checkCount(lines.length, most)
  return lines.map(jsonIn)
}

function objectOf(row: unknown, at: number): Readonly<Record<string, unknown>> {
  if (typeof row === 'object' && row !== null && !Array.isArray(row))
    return row as Readonly<Record<string, unknown>>
  const what = Array.isArray(row) ? 'a list' : JSON.stringify(row)
  return refuseBody(
    `${what.slice(0, 40)} for row ${at + 1}`,
    'an object from names of columns to values for each row, or {"columns": […], "rows": [[…], …]}',
  )
}

function listOf(row: unknown, at: number, width: number): readonly unknown[] {
  if (Array.isArray(row) && row.length === width) return row
  const what = Array.isArray(row) ? `${row.length} values` : JSON.stringify(row).slice(0, 40)
  return refuseBody(`${what} in row ${at + 1}`, `a list of ${width} values, one a column`)
}

/** How a file and a stream of Arrow begin; what is compressed besides would be unpacked to any size. */
const ARROW: readonly Buffer[] = [Buffer.from('ARROW1'), Buffer.alloc(4, 0xff)]

async function arrowRows(bytes: Uint8Array, most: number): Promise<BodyRows> {
  if (!ARROW.some((begin) => begin.equals(bytes.subarray(0, begin.length))))
    refuseBody('a body that says it is Arrow, but does not begin like it', 'a file or a stream of Arrow')
  const rows: (readonly Cell[])[] = []
  let columns: readonly string[] = []
  for await (const chunk of openTableBytes('body.arrow', bytes).chunks()) {
    columns = chunk.columns
    for (const row of chunk.rows) rows.push(row)
    checkCount(rows.length, most)
  }
  return { columns, rows }
}

/** Error: `serve/rows`. */
export function checkCount(count: number, most: number): void {
  if (count > most)
    fail({
      code: 'serve/rows',
      seen: `a request of ${count} rows`,
      wanted: `at most ${most}`,
      fix: 'send fewer at a time, or stream them as JSON Lines (Content-Type: application/jsonl), which may be of any number',
      usage: true,
    })
}

const refuseBody = (seen: string, wanted: string, code = 'serve/body'): never =>
  fail({ code, seen, wanted, fix: 'send what GET /openapi.json describes', usage: true })
