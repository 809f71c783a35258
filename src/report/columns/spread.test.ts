import { expect, test } from 'vitest'
import type { ColumnSchema } from '../../data/tables/schema.ts'
import { pairPanels } from '../pairs/chart.ts'
import { pairedSpread } from '../pairs/spread.ts'
import { spreadChart } from './charts.ts'
import { columnSpread } from './spread.ts'

const common = { name: 'x', missing: 0, reason: '' }
const real = (form?: object) =>
  ({ ...common, kind: 'real', center: 0, scale: 1, ...(form && { form }) }) as unknown as ColumnSchema
const grouped = real({ name: 'decimal', point: ',', group: '.', decimals: 0 })
const compact = {
  ...{ ...common, kind: 'datetime', format: { pattern: 'YYYYMMDD' } },
  ...{ center: 0, scale: 1, low: 0, high: 1, cycles: [] },
} as unknown as ColumnSchema

/** What both pictures of a column tell of their bins, and what stands below these. */
function endsOf(column: ColumnSchema, low: number, high: number) {
  const table = { columns: [{ name: 'x', kind: 'number' as const }], rows: [[low], [high]] }
  const alone = columnSpread(column, table, 0)
  const paired = pairedSpread(column, [[low], [high]])
  if (!alone || !paired) throw new Error('nothing is spread')
  const charts = [spreadChart('x', alone), pairPanels('Spreads', [paired], ['before', 'now'])]
  return charts.map(({ markup }) => {
    const [, told] = /data-told="([^"]*)"/.exec(markup) ?? []
    const { low: from, high: to } = JSON.parse(told.replaceAll('&#34;', '"'))
    const texts = [...markup.matchAll(/<text x="(?:0|360)"[^>]*>([^<]*)</g)].map(([, text]) => text)
    return { told: [from, to], texts }
  })
}

test('ends of bins are told as numbers, however the column writes them', () => {
  const ends = { told: [1500, 2000000], texts: ['1.500', '2.000.000'] }
  expect(endsOf(grouped, 1500, 2e6)).toEqual([ends, ends])
  const plain = { told: [0.5, 2], texts: ['0.5', '2'] }
  expect(endsOf(real(), 0.5, 2)).toEqual([plain, plain])
})

test('dates are no numbers, though they be digits alone', () => {
  const ends = { told: ['20190301', '20201231'], texts: ['20190301', '20201231'] }
  expect(endsOf(compact, Date.UTC(2019, 2, 1), Date.UTC(2020, 11, 31))).toEqual([ends, ends])
})
