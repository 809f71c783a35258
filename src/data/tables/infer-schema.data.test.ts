/** What is inferred of tables that people know. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dataFile, lacks } from '../../../test/outside.ts'
import { CsvRows } from '../formats/csv-rows.ts'
import type { Cell } from './cell.ts'
import { rowDecoder, rowEncoder } from './encode.ts'
import { chunksOf, schemaOf } from './rows.testing.ts'
import type { ColumnSchema } from './schema.ts'

/** A table of the data beside the repository. */
function tableFrom(path: string): { columns: readonly string[]; rows: string[][] } {
  const table = new CsvRows()
  const all = [...table.push(readFileSync(dataFile(path), 'utf8')), ...table.end()]
  return { columns: table.columns ?? [], rows: all.map(({ cells }) => cells) }
}

/** Kind and, of real columns, transform; names of the columns of each. */
function byTreatment(columns: readonly ColumnSchema[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {}
  for (const column of columns) {
    const treatment = column.kind === 'real' ? `real ${column.transform.name}` : column.kind
    groups[treatment] = [...(groups[treatment] ?? []), column.name]
  }
  return groups
}

test('penguins: species and island are levels, measurements real, and a full stop for a sex is missing', async () => {
  const columns = ['Species', 'Island', 'Beak Length (mm)', 'Body Mass (g)', 'Sex']
  const penguins: Cell[][] = [
    ['Adelie', 'Torgersen', 39.1, 3750, 'MALE'],
    ['Adelie', 'Torgersen', 39.5, 3800, 'FEMALE'],
    ['Adelie', 'Biscoe', null, null, null],
    ['Chinstrap', 'Dream', 46.5, 3500, 'FEMALE'],
    ['Chinstrap', 'Dream', 50, 3900, 'MALE'],
    ['Gentoo', 'Biscoe', 46.1, 4500, 'FEMALE'],
    ['Gentoo', 'Biscoe', 44.5, 5700, '.'],
  ]
  const schema = await schemaOf(columns, penguins)
  expect(schema.columns.map(({ kind, missing }) => [kind, Math.round(missing * 7)])).toEqual([
    ['categorical', 0],
    ['categorical', 0],
    ['real', 1],
    ['real', 1],
    ['binary', 2],
  ])
  const back = rowDecoder(schema)(rowEncoder(schema)({ columns, first: 0, rows: penguins }))
  expect(back).toEqual(penguins.map((row) => row.map((cell) => (cell === '.' ? null : cell))))
})

describe.skipIf(lacks('data'))('of the data beside the repository', () => {
  test('cardio: two features are a spike with a few outliers', async () => {
    const { columns, rows } = tableFrom('odds/cardio.csv')
    const groups = byTreatment((await schemaOf(columns, rows)).columns)
    expect(groups['real none']).toHaveLength(19)
    expect(groups).toMatchObject({ 'real quantile': ['feature_2', 'feature_5'], binary: ['label'] })
  })

  test('breast cancer: lengths as they are, areas and errors by their logarithm', async () => {
    const { columns, rows } = tableFrom('uci/breast_cancer.csv')
    expect(byTreatment((await schemaOf(columns, rows)).columns)).toEqual({
      'real none': ['0', '1', '2', '4', '8', '9', '21', '24', '27'],
      'real log': expect.arrayContaining(['3', '10', '11', '12', '13', '14', '15', '16', '18', '19', '23']),
      binary: ['30'],
    })
  })

  test('arrhythmia: what never varies is left out', async () => {
    const { columns, rows } = tableFrom('odds/arrhythmia.csv')
    const { columns: inferred } = await schemaOf(columns, rows)
    for (const [at, column] of inferred.entries())
      expect(column.kind === 'constant').toBe(new Set(rows.map((row) => row[at])).size === 1)
    expect(inferred.some(({ kind }) => kind === 'identifier')).toBe(false)
  })

  test.each(['arrhythmia', 'cardio', 'ionosphere', 'letter', 'pima'])('%s comes back', async (name) => {
    const { columns, rows } = tableFrom(`odds/${name}.csv`)
    const schema = await schemaOf(columns, rows)
    const encode = rowEncoder(schema)
    const decode = rowDecoder(schema)
    const places = schema.columns.flatMap(({ kind }, at) => (kind === 'constant' ? [] : [at]))
    let worst = 0
    for await (const chunk of chunksOf(columns, rows, 500))
      for (const [row, cells] of decode(encode(chunk)).entries())
        for (const [at, place] of places.entries()) {
          const value = Number(chunk.rows[row][place])
          worst = Math.max(worst, Math.abs(Number(cells[at]) - value) / Math.max(1, Math.abs(value)))
        }
    expect(worst).toBeLessThan(1e-5)
  })
})
