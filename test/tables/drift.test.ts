/** What moved between two tables, as the command tells it. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  inProcess,
  leaveFor,
  onTerminal,
  refusals,
  temporaryFolder,
} from '../../src/apps/cli/running.testing.ts'
import { fillNormal } from '../../src/base/random.ts'
import { openTable, type TableDrift, tableDrift } from '../../src/inside.node.ts'

const folder = await temporaryFolder()
const home = process.cwd()
const noise = fillNormal(new Float32Array(8000), { seed: 5, stream: 1003, step: 0 })

interface Change {
  readonly heat?: number
  readonly gaps?: number
  readonly red?: number
  readonly site?: string
}

/** Readings; what `change` names is other than usual. */
function readings(
  count: number,
  first: number,
  { heat = 0, gaps = 20, red = 3, site = 'A' }: Change,
): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const [a, b] = [noise[(first + 2 * i) % 8000], noise[(first + 2 * i + 1) % 8000]]
    const day = new Date(Date.UTC(2024, 0, 1 + (i % 30))).toISOString().slice(0, 10)
    return `${first + i}s,${day},${(20 + a + heat).toFixed(3)},${i % gaps === 1 ? '' : (a + b).toFixed(3)},${i % red === 0 ? 'red' : 'blue'},${site}`
  })
  return `${['id,day,heat,force,lamp,site', ...rows].join('\n')}\n`
}

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('old.csv', readings(400, 0, {}))
  await writeFile('same.csv', readings(300, 2000, {}))
  await writeFile('moved.csv', readings(300, 4000, { heat: 1, gaps: 3, red: 2, site: 'B' }))
  const train = ['train', 'old.csv', '--steps', '300', '--threads', '1', '--no-report', '--out', 'run']
  expect(await inProcess(...train)).toMatchObject({ code: 0 })
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const movedIn = ({ columns }: TableDrift) =>
  columns.flatMap(({ column, drifted }) => (drifted ? [column] : [])).sort()

test('a table that did not move is said to be as before', async () => {
  const { code, out, err } = await inProcess('drift', 'old.csv', 'same.csv')
  expect(code).toBe(0)
  expect(out).not.toContain(',true,')
  expect(out).not.toContain('id,')
  expect(err).toMatchInlineSnapshot(`
    "0 of 5 columns moved from 400 rows to 300 (Benjamini–Hochberg, 5%)
    "
  `)
})

test('columns that moved come first, those whose values went missing and constant ones among them', async () => {
  const { code, out, err } = await onTerminal(80, 'drift', 'old.csv', 'moved.csv')
  expect(code).toBe(0)
  expect(out).toMatchInlineSnapshot(`
    "column         distance         p  adjusted       missing
    site    moved     1.000  3.0e-154  1.5e-153
    heat    moved     0.431   4.6e-29   1.1e-28
    force   moved     0.283   1.5e-22   2.4e-22  5.0% → 33.3%
    lamp    moved     0.165    1.1e-5    1.4e-5
    day               0.017       1.0       1.0
    "
  `)
  const piped = await inProcess('drift', 'old.csv', 'moved.csv')
  expect(piped.out).toMatch(
    /^column,drifted,distance,pValue,adjusted,missing.reference,missing.current\nsite,true,1,[\d.]+e-15\d,/,
  )
  expect(piped.out.trim().split('\n').at(-1)).toMatch(/^day,false,0\.01\d+,[\d.]+,[\d.]+,0,0$/)
  expect(err).toMatchInlineSnapshot(`
    "4 of 5 columns moved from 400 rows to 300 (Benjamini–Hochberg, 5%)
    "
  `)
})

test('beside a run the rows as a whole are compared, by what its model says of them', async () => {
  const drift = async (table: string) =>
    JSON.parse((await inProcess('drift', 'run', table, '--json')).out) as TableDrift
  await writeFile('hotter.csv', readings(200, 4000, { heat: 3 }))
  const [same, moved] = [await drift('same.csv'), await drift('hotter.csv')]
  expect(movedIn(same)).toEqual([])
  expect(same.scores?.drifted).toBe(false)
  expect(movedIn(moved)).toEqual(['heat'])
  expect(moved.scores).toMatchObject({ drifted: true })
  expect(moved.rows).toEqual({ reference: 400, current: 200 })
})

test('levels that training never saw are drift, and so is a table in another format', async () => {
  const text = await readFile('same.csv', 'utf8')
  await writeFile('green.csv', text.replaceAll('blue', 'green'))
  expect(movedIn(await tableDrift('run', 'green.csv'))).toEqual(['lamp'])
  const lines: string[] = []
  for await (const { columns, rows } of (await openTable('same.csv')).chunks())
    for (const row of rows)
      lines.push(JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]]))))
  await writeFile('same.jsonl', lines.join('\n'))
  const [csv, json] = await Promise.all(['same.csv', 'same.jsonl'].map((file) => tableDrift('old.csv', file)))
  expect(json).toEqual(csv)
})

test('columns may be left out and their kinds be said; a new column is named', async () => {
  await writeFile(
    'more.csv',
    (await readFile('moved.csv', 'utf8')).replaceAll('\n', ',1\n').replace(',1\n', ',extra\n'),
  )
  const left = await tableDrift('run', 'more.csv', { exclude: ['heat', 'site'] })
  expect(left.columns.map(({ column }) => column).sort()).toEqual(['day', 'force', 'lamp'])
  expect(left.added).toEqual(['extra'])
  const said = ['--kind', 'heat=identifier', '--exclude', 'site,id']
  const { out, err } = await inProcess('drift', 'old.csv', 'more.csv', ...said, '--rate', '0.001')
  expect(out).not.toMatch(/heat|site/)
  expect(err).toContain('0.1%')
  expect(err).toContain('extra')
})

test('the command that a page gives again has every option that decides what is compared', async () => {
  const asked = [
    ...['--exclude', 'site', '--kind', 'lamp=ordinal:red,blue', '--kind', 'day=datetime:ymd'],
    ...['--missing', 'force=-9,none', '--separator', ',', '--header', 'yes', '--rate', '0.01'],
  ]
  const given = ['drift', 'old.csv', 'moved.csv', ...asked, '--html', 'again.html']
  expect(await inProcess(...given)).toMatchObject({ code: 0 })
  const [, command] =
    /<pre class="command"><code>npx betavae ([^<]*)</.exec(await readFile('again.html', 'utf8')) ?? []
  expect(command.split(' ').sort()).toEqual([...given].sort())
})

test('what cannot be compared is refused', async () => {
  await writeFile('short.csv', 'id,day,heat,force,lamp\n1s,2024-01-01,1,2,red\n')
  await writeFile(
    'hot.csv',
    'id,day,heat,force,lamp,site\n1s,2024-01-01,20,2,red,A\n2s,2024-01-02,hot,2,red,A\n',
  )
  await writeFile('ragged.csv', 'id,day,heat,force,lamp,site\n1s,2024-01-01,20,2,red,A,7,8\n')
  expect(
    await refusals(
      'drift old.csv',
      'drift old.csv missing.csv',
      'drift missing old.csv',
      'drift . old.csv',
      'drift old.csv short.csv',
      'drift old.csv hot.csv --unseen error',
      'drift old.csv ragged.csv',
      'drift ragged.csv old.csv',
      'drift old.csv same.csv --kind lamp=real',
      'drift run same.csv --kind lamp=binary',
      'drift old.csv same.csv --rate 0',
      'drift old.csv same.csv --exclude lmap',
    ),
  ).toMatchInlineSnapshot(`
    "
    drift old.csv
      2: no <new>; wanted betavae drift <old> <new>. Fix: see betavae drift --help. [cli/missing-argument]
    drift old.csv missing.csv
      2: no file "missing.csv"; wanted a file with a table, or tables of the same columns in a folder. Fix: check the path. [data/missing]
    drift missing old.csv
      2: no file "missing"; wanted a file with a table, or tables of the same columns in a folder. Fix: check the path. [data/missing]
    drift . old.csv
      1: .: more.csv: "extra" among "id", "day", "heat", "force", "lamp", "site", "extra"; wanted "id", "day", "heat", "force", "lamp", "site", as in the first file. Fix: name files with the same columns. [table/columns]
    drift old.csv short.csv
      2: short.csv: no column "site" among "id", "day", "heat", "force", "lamp"; wanted the columns that it is compared with. Fix: name columns alike, or leave out what one of the two has not, with --exclude. [table/columns]
    drift old.csv hot.csv --unseen error
      1: hot.csv: "hot" in row 2 (line 3), column "heat"; wanted a number. Fix: mend the cell, leave it empty where nothing is known, or let what cannot be read count as missing (--unseen missing, { unseen: 'missing' }). [table/cell]
    drift old.csv ragged.csv
      1: ragged.csv: 6 cells in the first line (line 1), and 8 in most of those below it; wanted as many in each line. Fix: give the first line 8 cells, a name for each column, or put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]
    drift ragged.csv old.csv
      1: ragged.csv: 6 cells in the first line (line 1), and 8 in most of those below it; wanted as many in each line. Fix: give the first line 8 cells, a name for each column, or put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]
    drift old.csv same.csv --kind lamp=real
      2: old.csv: column "lamp" as real, though it has no number; wanted a column of this kind (numbers, standardized; first log or normal scores where their shape asks for it). Fix: say another kind for it, or none. [table/kind]
    drift run same.csv --kind lamp=binary
      2: kinds of columns beside the run "run", which knows them; wanted kinds for a table alone. Fix: leave --kind out, or compare with the table itself. [drift/kinds]
    drift old.csv same.csv --rate 0
      2: --rate 0; wanted a number above 0 and below 1. Fix: write for example --rate 0.01. [cli/option-value]
    drift old.csv same.csv --exclude lmap
      2: old.csv: no column "lmap"; wanted names among "id", "day", "heat", "force", "lamp", "site". Fix: name columns as the table does. [table/columns]
    "
  `)
})
