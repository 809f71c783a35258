/** Every command on terminals of 80 and 120 columns, and piped. */
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillUniform } from '../../base/random.ts'
import type { Evaluation } from '../../evaluate/evaluation.ts'
import { diagnose } from '../../runs/diagnosis/diagnose.ts'
import { recordOf } from '../../runs/diagnosis/records.testing.ts'
import { frontierOf } from '../../sweep/frontier.ts'
import { membersOf, sweepPlan } from '../../sweep/plan.ts'
import type { MemberScore } from '../../sweep/score.ts'
import { toyRecipe, toyScore } from '../../sweep/world.testing.ts'
import { verbs } from './commands/index.ts'
import { diagnosisLines } from './doctor/run.ts'
import { evaluationLines } from './model/evaluation.ts'
import { inProcess, leaveFor, memoryTerminal, onTerminal, temporaryFolder } from './running.testing.ts'
import { printFrontier } from './sweep/table.ts'
import { widthOf } from './terminal/letters.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const WIDTHS = [80, 120]

const HEAD =
  'Date of sampling,Station,Water temperature (°C),"Concentration of dissolved inorganic nitrogen in surface water samples, mg per l",Storm?,Number of gulls counted from the pier,pH'
const STATIONS = ['North Pier', 'South Pier at the old harbor of Sankt Peter-Ording', 'Lagoon']

/** Mixed columns with long names and gaps, some degrees warmer than another. */
function samples(count: number, warmer: number): string {
  const rows = Array.from({ length: count }, (_, row) => {
    const [a, b, c, d] = noise.subarray(4 * row, 4 * row + 4)
    const day = new Date(Date.UTC(2023, 0, 1 + row)).toISOString().slice(0, 10)
    const nitrogen = row % 9 === 4 ? '' : (a + b / 5).toFixed(3)
    return [
      ...[day, STATIONS[Math.floor(3 * c)], (20 * a + warmer).toFixed(1), nitrogen],
      ...[d > 0.5 ? 'yes' : 'no', Math.floor(9 * d), row % 21 === 3 ? '' : (7 + b).toFixed(2)],
    ].join(',')
  })
  return `${[HEAD, ...rows].join('\n')}\n`
}
const noise = fillUniform(new Float32Array(4 * 120), { seed: 17, stream: 1004, step: 0 })

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('samples.csv', samples(120, 0))
  await writeFile('later.csv', samples(80, 6))
  const factors = Array.from({ length: 64 }, (_, row) => [row % 4, Math.floor(row / 4) % 4, row >> 4])
  await writeFile('factors.csv', `orientation of the shape in the image,posX,size\n${lines(factors)}`)
  await writeFile('codes.csv', `z0,z1\n${lines(factors.map(([a, b]) => [a / 4, b / 4]))}`)
  for (const words of [
    ['train', 'digits', '--beta', '4', '--latent', '6', '--no-report', '--out', 'images'],
    ['train', 'samples.csv', '--no-report', '--out', TABLE],
    ['sweep', 'digits', '--beta', '1,4', '--seeds', '2', '--latent', '2', '--out', 'sweep'],
  ]) {
    const { code, text } = await onTerminal(80, ...words, ...SHORT)
    expect(code, text).toBe(0)
    trained.push(text)
  }
})
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

/** What the trainings said on 80 columns. */
const trained: string[] = []

const evaluation: Evaluation = {
  ...{ split: 'test', count: 10_000, loss: 105.4, reconstruction: 80.2, kl: 25.2, elbo: -105.4 },
  ...{ bitsPerDimension: 0.194, activeUnits: 2, klPerDimension: [12.5, 0.4, 0] },
  units: [
    { dimension: 0, kl: 12.5, variance: 0.9, isActive: true },
    { dimension: 1, kl: 0.4, variance: 0.2, isActive: true },
    { dimension: 2, kl: 0, variance: 0.001, isActive: false },
  ],
  klSplit: {
    ...{ kl: 12.9, indexCodeMutualInformation: 9.1, totalCorrelation: 1.25, dimensionWiseKl: 2.55 },
    ...{ aggregateGap: 3.8, mutualInformationBound: 9.2, saturated: true, examples: 10_000, draws: 9000 },
    standardErrors: {
      indexCodeMutualInformation: 0.01,
      totalCorrelation: 0.02,
      dimensionWiseKl: 0.01,
      aggregateGap: 0.02,
    },
  },
  classes: [
    {
      ...{ label: 0, name: 'Concentration of dissolved inorganic nitrogen in surface water samples' },
      ...{ count: 5000, loss: 104.2, reconstruction: 80, kl: 24.2, elbo: -104.2 },
    },
    { label: 1, name: 'sea', count: 5000, loss: 106.6, reconstruction: 80.4, kl: 26.2, elbo: -106.6 },
  ],
  nll: {
    ...{
      estimate: 98.7,
      standardError: 0.25,
      samples: 500,
      samplingError: 0.013,
      effectiveSamples: 31.4,
      bias: 0.001,
    },
    bitsPerDimension: 0.1816,
  },
  metrics: {
    mig: { score: 0.21, perFactor: [0.4, 0.02, 0.2], seeds: [0], chance: 0.02 },
  },
  factors: ['orientation of the shape in the image', 'posX', 'posY'],
}

const SHORT = ['--hidden', '8', '--steps', '20', '--threads', '1']
const TABLE = 'runs/the-table-of-all-the-samples-there-are'
const lines = (rows: readonly (readonly number[])[]) => rows.map((row) => `${row.join(',')}\n`).join('')

/** Command lines whose output people read, and what of it is the same on every machine. */
const results: readonly (readonly [...words: string[]])[] = [
  ['inspect', 'samples.csv'],
  ['drift', 'samples.csv', 'later.csv'],
  ['metrics', 'codes.csv', 'factors.csv', '--metrics', 'mig,sap,modularity', '--seeds', '2'],
  ['explain', 'digits', '--likelihood', 'gaussian', '--sigma', '1', '--convert', 'mean-squares=0.001'],
]

const others: readonly (readonly string[])[] = [
  ['explain', TABLE],
  ['explain', 'images'],
  ['evaluate', 'images', '--nll', '5', '--metrics', 'mig,sap'],
  ['evaluate', TABLE],
  ['doctor', 'images'],
  ['runs'],
  ['resume', 'sweep'],
  ['resume', 'images'],
  ['reproduce'],
  ['score', TABLE, 'later.csv', '--contamination', '0.1'],
  ['score', 'images', 'digits'],
  ['encode', 'images', 'digits'],
  ['impute', 'samples.csv', '--run', TABLE],
  ['synthesize', TABLE, '--rows', '40'],
  ['drift', TABLE, 'later.csv'],
  ['score', TABLE, 'later.csv', '--shard', '1/1', '--out', 'part-of-it.csv'],
  ['merge', 'part-of-it.csv'],
  ['merge', 'sweep'],
  ['export', 'images', '--to', 'onnx', '--out', 'onnx'],
  ['sample', 'images', '--out', 'sample.png'],
  ['reconstruct', 'images', '--out', 'reconstruct.png'],
  ['traverse', 'images', '--out', 'traverse.png'],
  ['interpolate', 'images', '--out', 'interpolate.png'],
  ['map', 'images', '--out', 'map.svg'],
  ['report', 'images'],
  ['report', 'images', 'sweep/members/beta-1-seed-0', '--out', 'both.html'],
  ['studio', '--static', 'page'],
  ['train', 'sampels.csv'],
  ['train', 'digits', '--laten', '3'],
  ['evaluate', 'nowhere'],
  [],
]

const fits = (text: string, columns: number) => {
  for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(columns)
}

test('what takes long, on 80 columns', async () => {
  for (const text of [...trained, (await onTerminal(80, 'doctor')).text]) fits(text, 80)
  expect(trained[1]).toContain(`  betavae impute samples.csv --run ${TABLE} \\\n      --out filled.csv\n`)
})

describe.each(WIDTHS)('on %i columns', (columns) => {
  test.each(results)('%s %s', async (...words) => {
    const { code, text } = await onTerminal(columns, ...words)
    expect(code).toBe(0)
    fits(text, columns)
    expect(`\n${text}`).toMatchSnapshot()
  })

  test.each(others.map((words) => [words.join(' '), words] as const))('%s', async (_, words) => {
    const { text } = await onTerminal(columns, ...words)
    expect(text).not.toBe('')
    fits(text, columns)
    // No place that one could write shorter, no number that nobody reads.
    expect(text).not.toContain(process.cwd())
    expect(text).not.toMatch(/\d\.\d{9}/)
  })

  test('--help of every verb', async () => {
    fits((await onTerminal(columns, '--help')).out, columns)
    for (const { name } of verbs)
      for (const all of [[], ['all']]) fits((await onTerminal(columns, name, '--help', ...all)).out, columns)
  })
})

describe('of numbers that are given', () => {
  test.each(WIDTHS)('a sweep, on %i columns', async (columns) => {
    const { terminal, all } = memoryTerminal(columns)
    const wanted = { recipe: { data: { source: 'toy' } }, betas: [0.25, 1, 4, 16], seeds: 2 }
    const plan = sweepPlan(wanted, toyRecipe())
    const members = membersOf(plan)
    const scores = members
      .slice(1)
      .map(({ name, seed, beta }): [string, MemberScore] => [
        name,
        toyScore(40 / (beta + 1) + seed, 60 + 9 * beta, { mig: 0.1 * beta }),
      ])
    const agreed = members.map(({ name }, at) => [name, { udr: at / 10, informative: 2 }] as const)
    const agreement = { rows: 180, members: Object.fromEntries(agreed) }
    const failed = new Map([[members[0].name, 'ran away: the loss was 1.2e+30 after step 20']])
    await printFrontier(
      frontierOf({ plan, data: 'digits', scores: new Map(scores), failed, agreement }),
      terminal,
    )
    fits(all.text, columns)
    expect(`\n${all.text}`).toMatchSnapshot()
  })

  test.each(WIDTHS)('a diagnosis, on %i columns', (columns) => {
    const { terminal, all } = memoryTerminal(columns)
    const epoch = { reconstruction: 30, kl: 0.012, klPerDimension: [0.01, 0.002], activity: [0.001, 0] }
    const record = recordOf({ epochs: Array.from({ length: 20 }, () => epoch) })
    terminal.tell(diagnosisLines('runs/a-run-with-a-name', diagnose(record), terminal.outStyle))
    fits(all.text, columns)
    expect(`\n${all.text}`).toMatchSnapshot()
  })

  test.each(WIDTHS)('an evaluation, on %i columns', (columns) => {
    const { terminal, all } = memoryTerminal(columns)
    terminal.tell(evaluationLines('runs/a-run-with-a-name', evaluation, [], terminal))
    fits(all.text, columns)
    expect(`\n${all.text}`).toMatchSnapshot()
  })
})

describe('piped', () => {
  test.each([
    [['drift', 'samples.csv', 'later.csv'], 7],
    [['runs'], 1],
    [['metrics', 'codes.csv', 'factors.csv', '--metrics', 'mig,sap'], 2],
    [['resume', 'sweep'], 2],
    [['score', TABLE, 'later.csv'], 80],
    [['encode', 'images', 'digits'], 1797],
    [['impute', 'samples.csv', '--run', TABLE], 120],
  ] as const)('%s is CSV with every name whole', async (words, count) => {
    const { out } = await inProcess(...words)
    const rows = out.trim().split('\n').map(cellsOf)
    expect(rows).toHaveLength(count + 1)
    expect(new Set(rows).size).toBe(1)
    expect(out).not.toContain('…')
  })

  test.each([
    ['inspect', 'samples.csv'],
    ['explain', 'images'],
    ['evaluate', 'images'],
    ['doctor', 'images'],
    ['reproduce'],
    ['drift', TABLE, 'later.csv'],
    ['runs'],
  ])('%s %s --json is one document', async (...words) => {
    const { out } = await inProcess(...words.filter((word) => word !== undefined), '--json')
    expect(JSON.parse(out)).toBeTypeOf('object')
  })
})

/** How many cells a line of CSV has. */
const cellsOf = (line: string): number => line.replace(/"(?:[^"]|"")*"/g, '').split(',').length
