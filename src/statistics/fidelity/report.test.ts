import { expect, test } from 'vitest'
import { fidelityOf } from './report.ts'
import { fidelityRows, unsaidLines } from './report-rows.ts'
import { dependentTable, shuffledColumns } from './tables.testing.ts'

const real = { train: dependentTable(200, 1), heldOut: dependentTable(100, 2) }
const synthetic = dependentTable(150, 3)

test('one plain document, the same for the same seed', async () => {
  const report = await fidelityOf(real, synthetic, { target: 'level', seed: 5 })
  expect(report.rows).toEqual({ train: 200, heldOut: 100, synthetic: 150 })
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  expect(await fidelityOf(real, synthetic, { target: 'level', seed: 5 })).toEqual(report)
  expect(Object.keys(report)).toEqual([
    'rows',
    'marginals',
    'dependence',
    'twoSample',
    'transfer',
    'nearest',
    'privacy',
    'copies',
    'unsaid',
  ])
  expect(await fidelityOf(real, synthetic, { seed: 5 })).not.toHaveProperty('transfer')
})

test('lines say what was found and what real rows would have', async () => {
  const report = await fidelityOf(real, shuffledColumns(synthetic), { target: 'level', seed: 5 })
  const lines = fidelityRows(report).map(({ name, value, real, detail }) =>
    [name, value.toFixed(2), real?.toFixed(2), detail].join(' | '),
  )
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    columns: mean distance | 0.10 | 0.00 | 
    columns: largest distance | 0.13 | 0.00 | of "sum"
    missing cells: largest difference | 0.01 | 0.00 | of "gaps"
    dependence: mean difference | 0.77 | 0.00 | 
    dependence: largest difference | 0.88 | 0.00 | of "level" and "gaps"
    two-sample classifier: ROC AUC | 0.94 | 0.50 | mostly by "sum"
    "level" learned from synthetic rows: accuracy | 0.22 | 0.88 | 
    copied rows: share | 0.00 | 0.00 | 
    nearest training row: median distance | 0.30 | 0.05 | 
    nearer to training rows than held-out ones | 0.05 | 0.50 | 
    membership attack: advantage over chance | 0.05 | 0.00 | −0.06 to 0.17 with 95% confidence, of 200 and 100 rows
    cells of training rows guessed better by | -0.00 | 0.00 | −0.04 to 0.04 with 95% confidence
    least and greatest numbers that come again: share | 0.00 | 0.00 | of 6
    "
  `)
})

test('few rows are compared as far as they go, and the rest is named', async () => {
  const few = { ...synthetic, rows: synthetic.rows.slice(0, 9) }
  const options = { target: 'level', seed: 5 }
  const ofFewHeldOut = await fidelityOf({ ...real, heldOut: few }, synthetic, options)
  expect(ofFewHeldOut).toHaveProperty('twoSample')
  expect(unsaidLines(ofFewHeldOut)).toMatchInlineSnapshot(`
    [
      "not told: what synthetic rows teach about the target (9 held-out rows with the target, wanted 10)",
      "not told: whether rows lie too near those that were learned from (9 held-out rows, wanted 10)",
      "not told: whether rows give away those that were learned from (9 held-out rows, wanted 10)",
    ]
  `)
  const ofFew = await fidelityOf(real, few, options)
  expect(ofFew.unsaid.map(({ part }) => part)).toEqual([
    'dependence',
    'twoSample',
    'transfer',
    'nearest',
    'privacy',
  ])
  expect(fidelityRows(ofFew).map(({ name }) => name)).toMatchInlineSnapshot(`
    [
      "columns: mean distance",
      "columns: largest distance",
      "missing cells: largest difference",
      "copied rows: share",
    ]
  `)
  const ofNoneHeldOut = await fidelityOf({ ...real, heldOut: { ...few, rows: [] } }, synthetic, options)
  expect(fidelityRows(ofNoneHeldOut).find(({ name }) => name.startsWith('copied'))).not.toHaveProperty('real')
})

test('no rows are refused', async () => {
  const none = { ...synthetic, rows: [] }
  await expect(fidelityOf(real, none, { seed: 0 })).rejects.toMatchInlineSnapshot(
    `[BetavaeError: no synthetic rows; wanted rows to compare. Fix: synthesize some. [fidelity/rows]]`,
  )
  await expect(fidelityOf({ ...real, train: none }, synthetic, { seed: 0 })).rejects.toMatchInlineSnapshot(
    `[BetavaeError: no training rows; wanted rows to compare. Fix: hold out fewer rows. [fidelity/rows]]`,
  )
})
