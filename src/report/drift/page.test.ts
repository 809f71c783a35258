import { expect, test } from 'vitest'
import { driftPage } from './page.ts'

const column = {
  ...{ column: 'mass', kind: 'number' as const, drifted: false, distance: 0.03, pValue: 0.4, adjusted: 0.4 },
  missing: { reference: 0, current: 0 },
}
const spread = {
  ...{ column: 'mass', of: { kind: 'levels' as const, levels: ['a'] } },
  counts: [[1], [1]] as const,
}
const page = (scores?: { drifted: boolean; distance: number; pValue: number }, now = 100): string =>
  driftPage({
    columns: [column],
    ...(scores && { scores }),
    names: ['run', 'later.csv'],
    rows: { reference: 100, current: now },
    level: 0.05,
    spreads: [spread],
    mostCells: 5000,
    remarks: [],
    again: 'betavae train later.csv',
    command: 'npx betavae drift run later.csv',
  })

test('where only the scores of whole rows moved, the page says so and names what to do', () => {
  const text = page({ drifted: true, distance: 0.4, pValue: 1e-9 })
  expect(text).toContain('No single column is distributed otherwise than before, but rows as a whole are')
  expect(text).toContain('<code>betavae train later.csv</code>')
  expect(text).not.toContain('holds for these')
  expect(text).toContain('<dt>Verdict</dt><dd>moved</dd>')
})

test('where nothing moved, what was learned holds', () => {
  for (const text of [page(), page({ drifted: false, distance: 0.03, pValue: 0.5 })]) {
    expect(text).toContain('What was learned from the old rows holds for these.')
    expect(text).not.toContain('betavae train')
    expect(text).not.toContain('rows as a whole are')
  }
  expect(page({ drifted: false, distance: 0.03, pValue: 0.5 })).toContain('<dd>as before</dd>')
})

test('shares of a sample are said to be of one', () => {
  expect(page()).toContain('Shares of the known cells of each side, in bins')
  expect(page(undefined, 5001)).toContain('Shares of the known cells among at most 5,000 of each side')
})
