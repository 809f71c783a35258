/** Writes answers. */
import type { Cell } from '../../../data/tables/cell.ts'
import type { BodyForm } from './protocol.ts'

/** What a request came to: lines of an answer, whatever it is written as. */
export interface Answered {
  /** Under this name they stand in JSON. */
  readonly key: 'rows' | 'codes'
  readonly lines: readonly unknown[]
  /** The same as columns of plain cells, for Arrow. */
  columns(): { readonly names: readonly string[]; readonly cells: readonly (readonly Cell[])[] }
}

const encoder = new TextEncoder()

/** The bytes of an answer. */
export async function written(
  { key, lines, columns }: Answered,
  form: BodyForm,
  model: { readonly name: string; readonly version: string },
): Promise<Uint8Array> {
  if (form === 'lines') return encoder.encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  if (form === 'json')
    return encoder.encode(JSON.stringify({ model: model.name, version: model.version, [key]: lines }))
  const { names, cells } = columns()
  return arrowStream(names, cells)
}

/** A column of whatever it holds: numbers, truth values, or texts where it holds several kinds. */
async function arrowStream(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): Promise<Uint8Array> {
  const { tableFromColumns, columnFromArray, tableToIPC, float64, bool, utf8 } = await import(
    '@uwdata/flechette'
  )
  const types = { number: float64, boolean: bool, string: utf8 } as const
  const columns = names.map((name, at): [string, ReturnType<typeof columnFromArray>] => {
    const cells = rows.map((row) => row[at] ?? null)
    const kinds = [...new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell))]
    const kind = kinds.length === 1 ? (kinds[0] as keyof typeof types) : 'string'
    const own = kind === 'string' ? cells.map((cell) => (cell === null ? null : String(cell))) : cells
    return [name, columnFromArray(own, types[kind]())]
  })
  return tableToIPC(tableFromColumns(columns), { format: 'stream' }) as Uint8Array
}
