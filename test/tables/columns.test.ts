/** A shop's table, from inspecting it to filling its gaps: what is written is written as the shop writes it. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'

const folder = await temporaryFolder()
const home = process.cwd()

const ROWS = 160
const share = (row: number, by: number): number => ((row * by + 7) % ROWS) / ROWS
const weekday = (row: number): string => {
  const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(row / 5) * 7 + (row % 5)))
  return day.toLocaleDateString('de-DE', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

const table = Array.from({ length: ROWS }, (_, row) => {
  const gap = row % 20 === 3
  const price = 20 + 3000 * share(row, 37) ** 2
  return [
    String(row),
    gap ? '' : `$${price.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`,
    row % 23 === 5 ? '' : ['NA', 'EU', 'APAC'][row % 3],
    weekday(row),
    row % 9 === 0 ? '-999' : (15 + 8 * share(row, 53)).toFixed(1),
    row % 31 === 4 ? '' : row % 5 === 0 ? `town ${row}` : ['Bern', 'Basel'][row % 2],
    ['yes', 'Yes', 'NO', 'no'][row % 4],
  ]
})
const head = ['', 'price', 'zone', 'day', 'temp', 'town', 'member']
const line = (cells: readonly string[]) =>
  cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')
const cellsOf = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((row) =>
      [...row.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)]
        .slice(0, head.length)
        .map(([, cell]) => cell.replaceAll('"', '')),
    )

const said = ['--kind', 'zone=categorical:NA', '--missing', 'temp=-999']
const PRICE = /^\$\d{1,3}(,\d{3})*\.\d\d$/

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('shop.csv', [head, ...table].map((row) => `${line(row)}\n`).join(''))
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('inspect says what was decided, what is left out, and draws a page', async () => {
  const { code, out, err } = await inProcess('inspect', 'shop.csv', '--html', 'shop.html')
  expect(code).toBe(0)
  expect(out).toMatch(/price +real +5\.0% missing\n +numbers from .* written as \$/)
  expect(out).toContain("say --missing 'temp=-999'")
  expect(out).toContain('left out: it numbers the rows, without a name')
  expect(err).toContain('shop.html')
  const page = await readFile('shop.html', 'utf8')
  for (const text of [
    'Histogram of price',
    'Missing cells',
    'Strongest pairs',
    '--missing &#39;temp=-999&#39;',
  ])
    expect(page).toContain(text)
})

test('train names what it leaves out; gaps and new rows are written as the table writes', async () => {
  const trained = await inProcess(
    'train',
    'shop.csv',
    ...said,
    '--steps',
    '30',
    '--out',
    'run',
    '--no-report',
  )
  expect(trained.code).toBe(0)
  expect(trained.err).toContain('left out: Unnamed: 0 (it numbers the rows, without a name)')

  expect((await inProcess('impute', 'shop.csv', '--run', 'run', '--out', 'filled.csv')).code).toBe(0)
  const filled = cellsOf(await readFile('filled.csv', 'utf8'))
  expect(filled).toHaveLength(ROWS)
  for (const [row, cells] of filled.entries()) {
    const [, price, zone, , temp, town] = cells
    for (const [at, cell] of cells.entries())
      if (table[row][at] !== '' && table[row][at] !== '-999') expect(cell).toBe(table[row][at])
    expect(price).toMatch(PRICE)
    expect(zone).toMatch(/^(NA|EU|APAC)$/)
    expect(temp).toMatch(/^\d\d\.\d$/)
    expect(town).toMatch(/^(Bern|Basel|town \d+)$/)
  }

  const made = await inProcess('synthesize', 'run', '--rows', '200', '--out', 'new.csv')
  expect(made.code).toBe(0)
  const rows = (await readFile('new.csv', 'utf8')).trim().split('\n').slice(1)
  expect(rows).toHaveLength(200)
  expect(rows.join('\n')).not.toMatch(/other|-999/)
  for (const row of rows) {
    const [, day = ''] = /(\d\d\.\d\d\.\d{4})/.exec(row) ?? []
    const [d, m, y] = day.split('.').map(Number)
    expect([1, 2, 3, 4, 5]).toContain(new Date(Date.UTC(y, m - 1, d)).getUTCDay())
    expect(row).toMatch(/,(yes|no|Yes|NO)$/)
  }
  expect((await inProcess('score', 'run', 'shop.csv', '--top', '3')).code).toBe(0)
}, 120_000)

test('what is said of columns beside a run that knows them is refused', async () => {
  const { code, err } = await inProcess('impute', 'shop.csv', '--run', 'run', '--missing', 'temp=-999')
  expect(code).toBe(2)
  expect(err).toContain('--missing beside --run run, whose columns are known')
})

test('True of a CSV and true of JSON are one, and row numbers alarm nobody', async () => {
  const rows = Array.from({ length: 300 }, (_, row) => ({
    ok: share(row, 41) < 0.4,
    x: Math.round(1000 * share(row, 29)) / 10,
  }))
  const text = rows.map(({ ok, x }, row) => `${row},${ok ? 'True' : 'False'},${x}\n`).join('')
  await writeFile('flags.csv', `,ok,x\n${text}`)
  await writeFile('flags.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  await writeFile('later.csv', `,ok,x\n${text.replace(/^/gm, '9').replace(/^9$/gm, '')}`)
  const shown = await inProcess('drift', 'flags.csv', 'flags.jsonl', '--json')
  expect(shown.code).toBe(0)
  expect(
    JSON.parse(shown.out).columns.map(({ column, distance }: { column: string; distance: number }) => [
      column,
      distance,
    ]),
  ).toEqual([
    ['ok', 0],
    ['x', 0],
  ])
  const later = await inProcess('drift', 'flags.csv', 'later.csv', '--json')
  expect(JSON.parse(later.out).columns.some(({ drifted }: { drifted: boolean }) => drifted)).toBe(false)
  expect((await inProcess('train', 'flags.csv', '--steps', '20', '--out', 'flags', '--no-report')).code).toBe(
    0,
  )
  const scored = await inProcess('score', 'flags', 'flags.jsonl', '--json')
  expect(JSON.parse(scored.out).rows).toBe(300)
}, 120_000)
