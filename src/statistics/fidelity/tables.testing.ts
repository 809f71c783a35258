import { fillNormal, fillUniform, streamOf } from '../../base/random.ts'
import { type ReadTable, readTables } from './read-tables.ts'
import type { FidelityColumn, FidelityTable } from './table.ts'

/** Columns of numbers, and of levels where cells are text; null is missing. */
export function tableOf(
  columns: Readonly<Record<string, readonly (number | string | null)[]>>,
): FidelityTable {
  const entries = Object.entries(columns)
  return {
    columns: entries.map(([name, cells]): FidelityColumn => {
      const isLevel = cells.some((cell) => typeof cell === 'string')
      return { name, kind: isLevel ? 'level' : 'number' }
    }),
    rows: entries[0][1].map((_, row) => entries.map(([, cells]) => cells[row])),
  }
}

/** Two tables read together. */
export const readPair = (a: FidelityTable, b: FidelityTable): [ReadTable, ReadTable] =>
  readTables([a, b]) as [ReadTable, ReadTable]

const LEVELS = ['low', 'middle', 'high']

/** Rows whose columns all follow one hidden number: two numbers, a level, and a number with a sixth missing. */
export function dependentTable(count: number, seed: number): FidelityTable {
  const normals = (step: number) =>
    fillNormal(new Float32Array(count), { seed, stream: streamOf('test/fidelity'), step })
  const [hidden, first, second] = [normals(0), normals(1), normals(2)]
  const chance = fillUniform(new Float32Array(count), { seed, stream: streamOf('test/fidelity'), step: 3 })
  const rows = Array.from(hidden, (z, row) => [
    z + 0.3 * first[row],
    Math.exp(-z + 0.3 * second[row]),
    LEVELS[z < -0.5 ? 0 : z < 0.5 ? 1 : 2],
    chance[row] < 1 / 6 ? null : 10 * z + second[row],
  ])
  return {
    columns: [
      { name: 'sum', kind: 'number' },
      { name: 'exp', kind: 'number' },
      { name: 'level', kind: 'level' },
      { name: 'gaps', kind: 'number' },
    ],
    rows,
  }
}

/** The same columns, each turned by another number of rows, so that only their dependence is gone. */
export const shuffledColumns = ({ columns, rows }: FidelityTable): FidelityTable => ({
  columns,
  rows: rows.map((_, row) => columns.map((_, at) => rows[(row + 37 * at * (at + 1)) % rows.length][at])),
})
