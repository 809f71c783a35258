/** Kinds of columns that a module of the user's exports: found or told, trained with, scored, filled, made, gone on with. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, refusals, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import {
  loadParts,
  open,
  openTableModel,
  save,
  tableDataset,
  tableOf,
  trainTable,
} from '../../src/inside.node.ts'
import { kinds as kindsModule, moduleAt } from './modules.ts'

const folder = await temporaryFolder()
const home = process.cwd()
const module = await moduleAt(folder.path, 'kinds.mjs', kindsModule)
const parts = await loadParts([module])

/** Wind that turns about north; speed and net follow from where it comes. */
const rows = Array.from({ length: 400 }, (_, i) => {
  const wind = Math.round(360 + 90 * Math.sin(i * 1.7)) % 360
  const isEast = wind < 180
  return {
    wind: i % 40 === 3 ? null : `${wind}°`,
    speed: Number((10 + 5 * Math.sin((wind / 180) * Math.PI)).toFixed(1)),
    host: `10.0.${isEast ? 3 : 200}.${i % 256}`,
  }
})
const draft = {
  data: { kinds: { wind: 'degrees' } },
  model: { latent: { size: 4 }, architecture: { name: 'mlp', hidden: [32] } },
  training: { steps: 400, seed: 1 },
} as const

beforeAll(async () => {
  process.chdir(folder.path)
  const lines = rows.map(({ wind, speed, host }) => `${wind ?? ''},${speed},${host}`)
  await writeFile('wind.csv', `wind,speed,host\n${lines.join('\n')}\n`)
})
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('a table with columns of kinds that were brought is encoded and comes back', async () => {
  const { table, exampleShape } = await tableDataset(tableOf(rows, 'wind'), {
    kinds: { wind: 'degrees' },
    parts,
  })
  expect(table.columns).toMatchObject([
    { name: 'wind', kind: 'own', own: 'degrees', reason: 'said so', missing: 0.025, fields: { decimals: 0 } },
    { name: 'speed', kind: 'real' },
    { name: 'host', kind: 'own', own: 'ipv4', reason: 'every cell is an IPv4 address', fields: {} },
  ])
  expect(exampleShape).toEqual([2 + 1 + 32 + 3])
  await expect(
    tableDataset(tableOf([...rows, { wind: '361', speed: 1, host: '10.0.0.1' }], 'wind'), {
      schema: table,
      unseen: 'error',
    }),
  ).rejects.toThrow('"361" in row 401, column "wind"; wanted degrees from 0 to 360')
  await expect(tableDataset(tableOf(rows, 'wind'), { kinds: { host: 'degrees' }, parts })).rejects.toThrow(
    'column "host" as degrees, though not all cells are degrees',
  )
  await expect(tableDataset(tableOf(rows, 'wind'), { kinds: { wind: 'degreees' }, parts })).rejects.toThrow(
    /kind "degreees" for column "wind"; wanted one of constant, degrees, ipv4, .*\[table\/kind\]/,
  )
})

test('a model of it scores, fills and makes rows, here and in a thread, and says what it misses', async () => {
  using model = await trainTable(rows, draft, { parts })
  // Across north it is not far: 359 and 1 are neighbors. From the south it never came.
  const [usual, across, odd] = await model.score([
    { wind: '1°', speed: 10, host: '10.0.3.7' },
    { wind: '359°', speed: 10, host: '10.0.3.7' },
    { wind: '180°', speed: 10, host: '10.0.3.7' },
  ])
  const nats = ({ causes }: typeof odd) => causes.find(({ column }) => column === 'wind')?.nats ?? Number.NaN
  expect(Math.abs(nats(across) - nats(usual))).toBeLessThan(1)
  expect(nats(odd) - nats(usual)).toBeGreaterThan(3)
  const [filled] = await model.impute([{ wind: null, speed: 15, host: '10.0.3.7' }])
  expect(Math.abs(Number(filled.wind) - 90)).toBeLessThan(40)
  const made = await model.synthesize(20)
  for (const { wind, host } of made) {
    expect(Number(wind) >= 0 && Number(wind) < 360, `${wind}`).toBe(true)
    expect(host).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
  }
  const bytes = save(model)
  using again = await openTableModel(bytes, { parts })
  expect(await again.score(rows.slice(0, 5))).toEqual(await model.score(rows.slice(0, 5)))
  using apart = await openTableModel(bytes, { parts, worker: true })
  expect(await apart.score(rows.slice(0, 5))).toEqual(await model.score(rows.slice(0, 5)))
  await expect(openTableModel(bytes)).rejects.toThrow('the column kind "degrees"')
  using numbers = await open(bytes, { parts })
  expect(numbers.exampleShape).toEqual([38])
}, 60_000)

const SMALL = ['--latent', '3', '--hidden', '16', '--threads', '1', '--seed', '3', '--steps', '120']

test('on the command line: inspected, trained, judged, scored, filled, made, exported, gone on with', async () => {
  const own = ['--with', 'kinds.mjs', '--kind', 'wind=degrees']
  const help = await inProcess('train', '--with', 'kinds.mjs', '--help')
  expect(help.out.replace(/\s+/g, ' ')).toContain('constant, degrees, ipv4, binary')
  const { out } = await inProcess('inspect', 'wind.csv', ...own)
  expect(out).toMatch(/wind +degrees +2.5% missing\n +said so: a direction in degrees, as sine and cosine/)
  const trained = await inProcess('train', 'wind.csv', ...own, ...SMALL, '--out', 'run')
  expect(trained.code, trained.err).toBe(0)
  const { parts: recorded, data } = JSON.parse(await readFile('run/recipe.json', 'utf8'))
  expect(recorded.map(({ kind, name }: { kind: string; name: string }) => [kind, name])).toEqual([
    ['column-kind', 'degrees'],
    ['column-kind', 'ipv4'],
  ])
  expect(data.table.columns[0]).toMatchObject({ kind: 'own', own: 'degrees' })
  for (const words of [
    ['evaluate', 'run', '--json'],
    ['score', 'run', 'wind.csv', '--json'],
    ['impute', 'wind.csv', '--run', 'run', '--out', 'filled.csv'],
    ['synthesize', 'run', '--rows', '20', '--out', 'made.csv'],
    ['drift', 'run', 'wind.csv'],
    ['inspect', 'wind.csv', ...own, '--html', 'page.html'],
    ['export', 'run', '--to', 'html', '--out', 'page2.html'],
    ['train', 'run/recipe.json', '--with', 'kinds.mjs', '--steps', '5', '--out', 'again', '--no-report'],
  ]) {
    const { code, err } = await inProcess(...words)
    expect([words.join(' '), code], err).toEqual([words.join(' '), 0])
  }
  const filled = (await readFile('filled.csv', 'utf8')).trim().split('\n').slice(1)
  expect(filled[3].split(',')[0]).toMatch(/^\d+$/)
  expect(filled[0].split(',')[0]).toBe('0°')
}, 60_000)

test('a misspelled kind, and one that is missing, are said', async () => {
  await moduleAt(folder.path, 'gone.mjs', kindsModule)
  const words = ['train', 'wind.csv', '--with', 'gone.mjs', '--kind', 'wind=degrees', ...SMALL]
  expect((await inProcess(...words, '--out', 'lost', '--no-report')).code).toBe(0)
  await rm('gone.mjs')
  const told = await refusals(
    'train wind.csv --with kinds.mjs --kind wind=degreees',
    'train wind.csv --kind wind=degrees',
    'train wind.csv --kind wind=nested',
    'score lost wind.csv',
    'train lost/recipe.json',
  )
  expect(told.replaceAll(process.cwd(), '…')).toMatchInlineSnapshot(`
    "
    train wind.csv --with kinds.mjs --kind wind=degreees
      2: --kind wind=degreees; wanted column=kind, a kind of constant, degrees, ipv4, binary, datetime, ordinal, identifier, count, real, categorical. Fix: write for example --kind visits=count. [cli/option-value]
    train wind.csv --kind wind=degrees
      2: --kind wind=degrees; wanted column=kind, a kind of constant, binary, datetime, ordinal, identifier, count, real, categorical. Fix: write for example --kind visits=count. [cli/option-value]
    train wind.csv --kind wind=nested
      2: --kind wind=nested; wanted column=kind, a kind of constant, binary, datetime, ordinal, identifier, count, real, categorical. Fix: write for example --kind visits=count. [cli/option-value]
    score lost wind.csv
      2: the column kind "degrees", a part that is not here; wanted what "…/gone.mjs" exports. Fix: give its module: --with …/gone.mjs. [parts/missing]
    train lost/recipe.json
      2: wind.csv: the column kind "degrees", a part that is not here; wanted what "…/gone.mjs" exports. Fix: give its module: --with …/gone.mjs. [parts/missing]
    "
  `)
  expect((await inProcess('score', 'lost', 'wind.csv', '--with', 'kinds.mjs')).code).toBe(0)
})
