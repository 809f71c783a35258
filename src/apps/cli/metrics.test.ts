import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeNpy } from '../../data/formats/npy.ts'
import { METRICS } from '../../statistics/metrics/index.ts'
import { codesOf, knownCodes } from '../../statistics/metrics/known-codes.testing.ts'
import { inProcess, leaveFor, onTerminal, refusals, temporaryFolder } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const { codes, factors, count } = codesOf(knownCodes.identity, { levels: 2, repeats: 60 })

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('codes.npy', writeNpy({ data: codes, shape: [count, 2] }))
  await writeFile('factors.npy', writeNpy({ data: factors, shape: [count, 2] }))
  await writeFile('short.npy', writeNpy({ data: factors.subarray(2), shape: [count - 1, 2] }))
  await writeFile('note.txt', 'no array')
  const rows = Array.from({ length: count }, (_, row) => row)
  await writeFile(
    'codes.csv',
    `z0,z1\n${rows.map((row) => `${codes[2 * row]},${codes[2 * row + 1]}`).join('\n')}\n`,
  )
  await writeFile('labels.csv', `label\n${rows.map((row) => factors[2 * row]).join('\n')}\n`)
  await writeFile(
    'factors.csv',
    `side,label\n${rows.map((row) => `${factors[2 * row]},${factors[2 * row + 1]}`).join('\n')}\n`,
  )
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const jsonOf = async (...words: string[]) => {
  const { code, out } = await inProcess('metrics', ...words, '--json')
  expect(code).toBe(0)
  return JSON.parse(out) as Record<string, { score: number; perFactor?: number[]; seeds: number[] }>
}

test('every metric as one document', async () => {
  const results = await jsonOf('codes.npy', 'factors.npy')
  expect(Object.keys(results)).toContain('betaVae')
  expect(results.mig).toMatchObject({ score: 1, perFactor: [1, 1], seeds: [0] })
})

test('tables of numbers as well, a column of labels being a factor', async () => {
  const chosen = ['--metrics', 'mig,sap']
  const arrays = await jsonOf('codes.npy', 'factors.npy', ...chosen)
  expect(Object.keys(arrays)).toEqual(['mig', 'sap'])
  expect(await jsonOf('codes.csv', 'factors.csv', ...chosen)).toEqual(arrays)
  expect((await jsonOf('codes.csv', 'labels.csv', ...chosen)).mig.perFactor).toEqual([1])
})

const SEEDS = ['--metrics', 'mig,modularity', '--seeds', '2']

test('a table for people', async () => {
  const { out, err } = await onTerminal(80, 'metrics', 'codes.npy', 'factors.npy', ...SEEDS)
  expect(`\n${err}${out}`).toMatchInlineSnapshot(`
    "
    codes.npy: 240 rows, 2 codes, 2 factors; seeds 0 to 1
                 score  95%       chance  factor 0  factor 1
    MIG         1.0000  ± 0.0000             1.000     1.000
    Modularity  1.0000  ± 0.0000
    "
  `)
})

test('piped, a record for each metric', async () => {
  const { out } = await inProcess('metrics', 'codes.npy', 'factors.npy', ...SEEDS)
  expect(out).toBe('metric,score,low,high,chance,factor 0,factor 1\nmig,1,1,1,,1,1\nmodularity,1,1,1,,,\n')
})

test('refusals', async () => {
  const said = (
    await refusals(
      'metrics codes.npy',
      'metrics codes.npy missing.npy',
      'metrics codes.npy note.txt',
      'metrics codes.npy short.npy',
      'metrics factors.npy codes.npy',
      'metrics codes.npy factors.npy --metrics mig,frob',
      'metrics codes.npy factors.npy --seeds 0',
    )
  ).replaceAll(METRICS.map(({ name }) => name).join(', '), '<every metric>')
  expect(said).toMatchInlineSnapshot(`
    "
    metrics codes.npy
      2: no <factors>; wanted betavae metrics <codes> <factors>. Fix: see betavae metrics --help. [cli/missing-argument]
    metrics codes.npy missing.npy
      2: no readable file "missing.npy"; wanted a .npy or .csv file. Fix: check the path. [arrays/file]
    metrics codes.npy note.txt
      2: "note.txt", which is no .npy file; wanted a .npy or .csv file. Fix: save the array with numpy.save. [arrays/kind]
    metrics codes.npy short.npy
      2: 240 rows of codes and 239 rows of factors; wanted a row of factors for each row of codes. Fix: give both for the same examples, in the same order. [metrics/rows]
    metrics factors.npy codes.npy
      2: the level -0.5 of factor 0; wanted whole numbers that name levels. Fix: put continuous factors into bins, and give the numbers of the bins. [metrics/factor-values]
    metrics codes.npy factors.npy --metrics mig,frob
      2: unknown metric "frob"; wanted all, or some of <every metric>. Fix: name metrics from that list. [metrics/unknown]
    metrics codes.npy factors.npy --seeds 0
      2: --seeds 0; wanted a whole number of at least 1. Fix: write for example --seeds 5. [cli/option-value]
    "
  `)
})

test('evaluate measures a run whose data have labels, and refuses one whose data have not', async () => {
  const small = ['--latent', '2', '--hidden', '8', '--steps', '4', '--no-report']
  expect((await inProcess('train', 'digits', ...small, '--out', 'done')).code).toBe(0)
  const { code, out } = await inProcess('evaluate', 'done', '--metrics', 'mig,sap', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    factors: ['label'],
    metrics: { mig: { perFactor: [expect.any(Number)] }, sap: { score: expect.any(Number) } },
  })
  expect((await inProcess('evaluate', 'done', '--metrics', 'mig')).out).toMatch(
    /\n +score +chance +label\nMIG +0\.\d{4} /,
  )
  expect((await inProcess('train', 'codes.csv', ...small, '--out', 'table')).code).toBe(0)
  expect(await refusals('evaluate table --metrics mig')).toMatchInlineSnapshot(`
    "
    evaluate table --metrics mig
      2: data "codes" without labels or factors; wanted class numbers, or an array of factors, for every row. Fix: name a column of class numbers with --label, or save an .npz with "factors" [N, K]. [data/no-factors]
    "
  `)
})
