/** Rules of a table hold in the rows that its model makes, in memory, from a file, and by the command. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { fillNormal, fillUniform } from '../../src/base/random.ts'
import { openTableModel, save, type TableModel, trainTable } from '../../src/inside.node.ts'

const COUNT = 300
const draw = (step: number) => fillUniform(new Float32Array(COUNT), { seed: 5, stream: 1105, step })
const noise = fillNormal(new Float32Array(COUNT), { seed: 5, stream: 1105, step: 9 })
const [a, b, gap, place, plan] = [draw(0), draw(1), draw(2), draw(3), draw(4)]
const cities = { Oslo: 'NO', Bergen: 'NO', Rome: 'IT', Milan: 'IT', Lyon: 'FR' } as const
const names = Object.keys(cities) as (keyof typeof cities)[]
const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10)
const cents = (value: number) => Math.round(100 * value) / 100

const rows = Array.from({ length: COUNT }, (_, row) => {
  const [net, tax] = [cents(50 * a[row]), cents(30 * b[row])]
  const city = names[Math.floor(place[row] * 5)]
  const start = Math.floor(200 * draw(5)[row])
  return {
    id: `C-${String(row + 1).padStart(4, '0')}`,
    ...{ city, country: cities[city], start: day(start), end: day(start + Math.floor(30 * gap[row])) },
    ...{ net, tax, gross: cents(net + tax), x: noise[row], y: 2 * noise[row] + 0.02 * a[row] },
    plan: plan[row] < 0.4 ? 'free' : 'paid',
    fee: plan[row] < 0.4 ? 0 : cents(5 + 10 * gap[row]),
  }
})

type Row = (typeof rows)[number]

/** How many rows break each rule. */
const broken = (made: readonly Row[]) => ({
  city: made.filter(({ city, country }) => cities[city] !== country).length,
  dates: made.filter(({ start, end }) => !(start <= end)).length,
  sum: made.filter(({ net, tax, gross }) => Math.abs(net + tax - gross) > 0.0101).length,
  near: made.filter(({ x, y }) => Math.abs(y - 2 * x) > 0.03).length,
  fee: made.filter((row) => row.plan === 'free' && row.fee !== 0).length,
})
const none = { city: 0, dates: 0, sum: 0, near: 0, fee: 0 }

const home = process.cwd()
let model: TableModel
beforeAll(async () => {
  process.chdir((await temporaryFolder()).path)
  model = await trainTable(rows, { training: { steps: 40 } })
})
afterAll(async () => {
  model.dispose()
  await leaveFor(home)
})

test('rows of a model that has hardly learned keep every rule of its table', async () => {
  const made = (await model.synthesize(400)) as unknown as Row[]
  expect(broken(made)).toEqual(none)
  expect(new Set(made.map(({ id }) => id))).toEqual(new Set([null]))
  const free = (await model.synthesize(400, { learned: false })) as unknown as Row[]
  // Trees learn some of them all the same, such as a city's country.
  expect(Math.max(...Object.values(broken(free)))).toBeGreaterThan(20)
})

test('conditions, rules, unique columns and new names hold, after a save and in a thread, too', async () => {
  const asked = {
    where: 'city=Rome,net>20',
    rules: ['tax < net'],
    unique: ['net'],
    identifiers: 'new',
  } as const
  const made = (await model.synthesize(40, asked)) as unknown as Row[]
  expect(made).toHaveLength(40)
  expect(broken(made)).toEqual(none)
  expect(made.every(({ city, net, tax }) => city === 'Rome' && net > 20 && tax < net)).toBe(true)
  expect(new Set(made.map(({ net }) => net)).size).toBe(40)
  expect(made.slice(0, 2).map(({ id }) => id)).toEqual(['C-0301', 'C-0302'])
  await save(model, 'model.safetensors')
  const again = await openTableModel('model.safetensors', { worker: true })
  try {
    expect(await again.synthesize(40, asked)).toEqual(made)
  } finally {
    again.dispose()
  }
})

test('the command trains on a table, says what it keeps, and refuses what it cannot', async () => {
  const text = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map((cells) => cells.join())
  await writeFile('shop.csv', `${text.join('\n')}\n`)
  const trained = await inProcess(
    'train',
    'shop.csv',
    '--for',
    'rows',
    '--steps',
    '40',
    '--no-report',
    '--out',
    'run',
  )
  expect(trained.err).toContain('a density for new rows: 128 units')
  const made = await inProcess(
    'synthesize',
    'run',
    '--rows',
    '60',
    '--where',
    'city=Rome',
    '--out',
    'new.csv',
  )
  expect(made.code).toBe(0)
  expect(made.err).toMatch(/kept in all rows: .*gross = .*city decides country.*start ≤ end.*city=Rome/)
  expect(made.err).toMatch(/% of the rows drawn were taken/)
  expect(made.err).toContain('membership attack')
  expect((await readFile('new.csv', 'utf8')).trimEnd().split('\n')).toHaveLength(61)
  const refused = await inProcess('synthesize', 'run', '--where', 'city=Roma', '--out', 'none.csv')
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('[infer/where]')
  const images = await inProcess('train', 'digits', '--for', 'rows')
  expect(images.code).toBe(2)
  expect(images.err).toContain('[recipe/for]')
})
