import { fillNormal, fillUniform } from '../../base/random.ts'
import type { GapTable } from './gap-table.ts'

/** Rows of numbers as a table whose targets are what is encoded; `missing` of the cells are gaps. */
export function numbersTable(rows: readonly (readonly number[])[], missing = 0, seed = 1): GapTable {
  const [{ length: width }] = rows
  const chances = fillUniform(new Float32Array(rows.length * width), { seed, stream: 9001, step: 0 })
  const known = Uint8Array.from(chances, (chance) => (chance < missing ? 0 : 1))
  const encoded = Float64Array.from(rows.flat(), (x, at) => (known[at] === 1 ? x : 0))
  return {
    count: rows.length,
    width,
    columns: rows[0].map((_, at) => ({ at, slots: 1, kind: 'number' as const })),
    scales: rows[0].map(() => undefined),
    encoded,
    targets: encoded.slice(),
    known,
  }
}

/** Rows of standard normal numbers. */
export function normalRows(count: number, width: number, seed = 1): number[][] {
  const numbers = fillNormal(new Float32Array(count * width), { seed, stream: 9002, step: 0 })
  return Array.from({ length: count }, (_, row) =>
    Array.from(numbers.subarray(row * width, (row + 1) * width)),
  )
}
