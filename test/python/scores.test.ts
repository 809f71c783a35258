/** What `export --to score` writes gives, in Python, the product's own scores. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder, told } from '../../src/apps/cli/running.testing.ts'
import { fillNormal, fillUniform } from '../../src/base/random.ts'
import { openTableRun } from '../../src/inside.node.ts'
import { findPython, runPython } from './python.ts'

const python = findPython()

const home = process.cwd()
const folder = await temporaryFolder()
const ROWS = 10_000
const noise = fillNormal(new Float32Array(6 * ROWS), { seed: 5, stream: 1002, step: 0 })
const chance = fillUniform(new Float32Array(12 * ROWS), { seed: 5, stream: 1003, step: 0 })

/** Numbers, some skewed and some with heavy tails, counts, words, codes and dates that go together, with gaps. */
function visits(first: number, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const row = first + at
    const [a, b, c, d, e, f] = noise.subarray(6 * row, 6 * row + 6)
    const own = chance.subarray(12 * row, 12 * row + 12)
    const kind = Math.floor(3 * own[0])
    const odd = own[1] < 0.02
    const cells = [
      (10 + 3 * kind + a).toFixed(3),
      (odd ? 60 : 20 + 2 * a + b).toFixed(2),
      Math.exp(1 + a / 2 + c).toFixed(4),
      (own[2] < 0.03 ? 40 * d : d).toFixed(3),
      String(Math.floor(Math.exp(1 + kind + 0.4 * e))),
      ['fern', 'Moss', 'water reed'][own[3] < 0.003 ? 0 : kind],
      own[4] < 0.3 + 0.3 * kind ? 'yes' : 'no',
      String(own[5] < 0.5 ? 2 : 5),
      new Date(Date.UTC(2019, 0, 1) + Math.floor(1800 * own[6]) * 86_400_000).toISOString().slice(0, 10),
      (a + b + 0.1 * f).toFixed(3),
    ]
    return cells.map((cell, place) =>
      own[7] < 0.4 && chance[(row * 7 + place * 13) % chance.length] < 0.2 ? '' : cell,
    )
  })
  return `${[['x', 'y', 'v1', 'tails', 'visits', 'kind', 'wild', 'code', 'day', 'sum'], ...lines].map((line) => line.join(',')).join('\n')}\n`
}

interface Found {
  readonly inputs: readonly { readonly column: string; readonly cells: string; readonly given?: true }[]
  readonly columns: readonly string[]
  readonly score: readonly number[]
  readonly elbo: readonly number[]
  readonly nats: readonly (readonly number[])[]
}

/** The largest difference, by how large the number is where that is more than 1. */
const worst = (found: readonly number[], wanted: ArrayLike<number>): number => {
  expect(found.length).toBe(wanted.length)
  return found.reduce(
    (most, own, at) => Math.max(most, Math.abs(own - wanted[at]) / Math.max(1, Math.abs(wanted[at]))),
    0,
  )
}

async function compared(run: string, table: string): Promise<Found> {
  await told('export', run, '--to', 'score', '--out', '.')
  const found = runPython(python as string, folder.path, [
    join(import.meta.dirname, 'read_scores.py'),
    table,
  ]) as Found
  using opened = await openTableRun(run)
  const wanted = { score: [] as number[], elbo: [] as number[], nats: [] as number[] }
  const stream = await opened.open(table)
  for await (const { scores } of opened.scored(stream, AbortSignal.timeout(60_000))) {
    wanted.score.push(...scores.score)
    wanted.elbo.push(...scores.kl.map((kl, row) => -kl - scores.reconstruction[row]))
    wanted.nats.push(...scores.cells)
  }
  expect(found.columns).toEqual(opened.table.columns)
  const errors = [
    worst(found.score, wanted.score),
    worst(found.elbo, wanted.elbo),
    worst(found.nats.flat(), wanted.nats),
  ]
  for (const error of errors) expect(error).toBeLessThan(1e-5)
  return found
}

describe.skipIf(!python)('in Python', () => {
  beforeAll(async () => {
    process.chdir(folder.path)
    await writeFile('train.csv', visits(0, 1500))
    await writeFile('new.csv', visits(0, ROWS))
    const train = 'train train.csv --kind visits=count --threads 1 --no-report'.split(' ')
    await told(...train, '--steps', '300', '--out', 'run')
    await writeFile('few.csv', visits(ROWS - 300, 300))
    const kinds = [
      '--kind',
      'kind=ordinal:Moss,fern,water reed',
      '--missing',
      'visits=3',
      '--exclude',
      'day,tails',
    ]
    await told(...train, ...kinds, '--objective', 'autoencoder', '--steps', '40', '--out', 'other')
    const given = ['--kind', 'code=ordinal:2,5', '--condition', 'kind,wild,v1,day,code,visits']
    await told(...train, ...given, '--steps', '60', '--out', 'given')
  }, 120_000)
  afterAll(async () => {
    await leaveFor(home)
    await folder.remove()
  })

  test('10,000 mixed rows score as they do here', async () => {
    const { inputs } = await compared('run', 'new.csv')
    expect(Object.fromEntries(inputs.map(({ column, cells }) => [column, cells]))).toMatchObject({
      ...{ x: 'number', visits: 'number', code: 'number', kind: 'text', wild: 'text', day: 'milliseconds' },
    })
    const { data } = JSON.parse(await readFile('run/recipe.json', 'utf8'))
    const told = new Set<string>(
      data.table.columns.map((column: { kind: string; transform?: { name: string } }) =>
        [column.kind, column.transform?.name].join(' '),
      ),
    )
    for (const kind of [
      'count ',
      'binary ',
      'categorical ',
      'datetime ',
      'real log',
      'real quantile',
      'real none',
    ])
      expect(told).toContain(kind)
  }, 120_000)

  test('other kinds, no noise, a number that stands for missing', async () => {
    const { columns } = await compared('other', 'few.csv')
    expect(columns).not.toContain('day')
  }, 60_000)

  test('a model that is given columns takes them, of every kind', async () => {
    const { inputs, columns } = await compared('given', 'few.csv')
    expect(columns).toEqual(['x', 'y', 'tails', 'sum'])
    const given = inputs.filter((column) => column.given).map(({ column, cells }) => `${column} ${cells}`)
    expect(given).toEqual([
      ...['kind text', 'wild text', 'v1 number', 'day milliseconds', 'code text', 'visits number'],
    ])
  }, 60_000)

  test('what is no table is refused', async () => {
    await told(...'train digits --steps 2 --latent 2 --hidden 8 --no-report --out images'.split(' '))
    expect((await inProcess('export', 'images', '--to', 'score')).err).toContain('[export/no-table]')
  })
})
