/**
 * Rows as they are before all of a table are known: the types of a Parquet file's columns depend on every row, so shards
 * keep what they were given, to the last digit, and the merge writes it as one run would have. Lines of JSON: what the
 * columns are, then a list of cells for each row.
 */
import { createReadStream } from 'node:fs'
import type { LaidOutRows } from '../../../data/tables/whole-rows.ts'

/** JSON has no words for these; a list of one key says which it is. */
type Packed = { readonly $: readonly [kind: string, text: string] } | { readonly o: object }

function packed(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return { $: ['bigint', String(value)] }
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: ['number', Object.is(value, -0) ? '-0' : String(value)] }
  if (typeof value !== 'object') return value
  if (value instanceof Uint8Array) return { $: ['bytes', Buffer.from(value).toString('base64')] }
  if (value instanceof Date) return { $: ['date', String(value.getTime())] }
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, packed)
  const fields = Object.entries(value).filter(([, own]) => own !== undefined)
  return { o: Object.fromEntries(fields.map(([name, own]) => [name, packed(own)])) }
}

const kinds: Readonly<Record<string, (text: string) => unknown>> = {
  bigint: BigInt,
  number: Number,
  bytes: (text) => Uint8Array.from(Buffer.from(text, 'base64')),
  date: (text) => new Date(Number(text)),
}

function unpacked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(unpacked)
  const given = value as Packed
  if ('$' in given) return kinds[given.$[0]](given.$[1])
  return Object.fromEntries(Object.entries(given.o).map(([name, own]) => [name, unpacked(own)]))
}

/** The line that comes first. */
export const headLine = ({ columns, types = [], metadata }: LaidOutRows): string =>
  `${JSON.stringify({ columns, types: columns.map((_, at) => packed(types[at])), metadata })}\n`

export const rowLines = ({ rows }: LaidOutRows): string =>
  rows.map((row) => `${JSON.stringify(row.map(packed))}\n`).join('')

/** Node's own reader of lines takes U+2028 and U+2029 for ends of lines, which JSON leaves in texts as they are. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() as string
    yield* lines
  }
  if (rest !== '') yield rest
}

/** Rows that are read together. */
const TOGETHER = 4096

/** Reads them again, some at a time. */
export async function* keptRows(path: string): AsyncGenerator<LaidOutRows> {
  let head: Omit<LaidOutRows, 'rows'> | undefined
  let rows: unknown[][] = []
  for await (const line of linesOf(path)) {
    if (!head) {
      const { types, ...about } = JSON.parse(line)
      head = { ...about, types: types.map((type: unknown) => unpacked(type) ?? undefined) }
      continue
    }
    rows.push((JSON.parse(line) as unknown[]).map(unpacked))
    if (rows.length < TOGETHER) continue
    yield { ...head, rows }
    rows = []
  }
  if (head && rows.length > 0) yield { ...head, rows }
}
