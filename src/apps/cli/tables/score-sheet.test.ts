import { expect, test } from 'vitest'
import type { TableRowScore } from '../../../inside.node.ts'
import { memoryTerminal } from '../running.testing.ts'
import { scoreSheet } from './score-sheet.ts'

async function sheetOf(rows: readonly TableRowScore[], width: number, top?: number): Promise<string> {
  const { terminal, all } = memoryTerminal(width)
  const sheet = scoreSheet(terminal, top)
  await sheet.rows(rows)
  await sheet.end({ rows: rows.length })
  return `\n${all.text}`
}

const cause = (column: string, seen: string | number, expected: string | number, nats: number) => ({
  column,
  seen,
  expected,
  nats,
  alone: 0,
})

const scored = (row: number, score: number, own: Partial<TableRowScore> = {}): TableRowScore => ({
  row,
  score,
  reconstruction: score,
  kl: 0,
  elbo: -score,
  causes: [],
  ...own,
})

test('the most unusual rows first, each with the cells that make it so, as the table writes them', async () => {
  const rows = [
    scored(3, 9, { p: 0.4, flagged: false, causes: [cause('height', '1.82', 1.7612345, 3)] }),
    scored(1204, 80, {
      p: 0.0099,
      flagged: true,
      causes: [
        cause('price', '$9,999.00', '$120.00', 40),
        cause('a column with a long name', 7, 3.2, 12),
        cause('weight', 3.25, 3.2, 1),
      ],
    }),
    scored(77, 30, {
      p: 0.00004,
      flagged: true,
      foundBy: 'rare cells',
      causes: [cause('city', 'Bern', 'Bern', 9)],
    }),
    scored(8, 1, { p: 1, flagged: false }),
  ]
  expect(await sheetOf(rows, 64, 3)).toMatchInlineSnapshot(`
    "
        row       p  what makes it so
    !  1204  0.0099  price $9,999.00, expected $120.00; a column
                     with a long name 7, expected 3
    !    77  4.0e-5  city Bern, seldom seen (rare cells)
          3    0.40  height 1.82, expected 1.76
    the 3 most unusual rows of 4; more with --top, all with --out
      scores.csv
    "
  `)
  expect((await sheetOf(rows, 48)).split('\n').every((line) => line.length <= 48)).toBe(true)
})

test('without held-out rows by its score; a cell moves no cursor and is cut where it is long', async () => {
  const rows = [scored(1, 4, { causes: [cause('note', `\u001b[2J${'x'.repeat(60)}`, 'fine', 4)] })]
  expect(await sheetOf(rows, 80)).toMatchInlineSnapshot(`
    "
    row  score  what makes it so
      1   4.00  note ·[2Jxxxxxxxxxx…xxxxxxxxxxxxx, expected fine
    "
  `)
})
