/** Parts that a module of the user's exports: trained with, explained, judged, gone on with, exported, reported. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  betavae,
  inProcess,
  leaveFor,
  refusals,
  temporaryFolder,
} from '../../src/apps/cli/running.testing.ts'
import { moduleAt, several, towards } from './modules.ts'

const folder = await temporaryFolder()
const home = process.cwd()
const SMALL = ['--latent', '2', '--hidden', '8', '--threads', '1', '--seed', '3', '--batch', '16']

beforeAll(async () => {
  process.chdir(folder.path)
  await moduleAt(folder.path, 'towards.mjs', towards)
  await moduleAt(folder.path, 'several.mjs', several)
  const rows = Array.from({ length: 120 }, (_, i) => `${Math.sin(i)},${Math.cos(i)},${i % 3}`)
  await writeFile('waves.csv', `a,b,label\n${rows.join('\n')}\n`)
})
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const numbers = ['--likelihood', 'gaussian', '--label', 'label']

test('a term has its options, its help, its ledger line and its gradient', async () => {
  const help = await inProcess('train', '--with', 'towards.mjs', '--help')
  expect(help.out).toContain('--towards-place <x>')
  expect(help.out).toMatch(/τ: weight of the distance of the code from a\s+place/)
  const own = ['--with', './towards.mjs', '--towards', '30', '--towards-place', '-1']
  const ledger = await inProcess('explain', 'waves.csv', ...numbers, ...SMALL, ...own, '--json')
  expect(JSON.parse(ledger.out).terms[1]).toMatchObject({
    name: 'towards',
    weight: 30,
    reading: 'z ~ Laplace(-1, 0.03333333333333333)',
  })
  const trained = await inProcess(
    'train',
    'waves.csv',
    ...numbers,
    ...SMALL,
    ...own,
    '--steps',
    '300',
    '--lr',
    '0.01',
    '--out',
    'run',
  )
  expect(trained.err).toContain('run')
  expect(trained.code).toBe(0)
  const { parts } = JSON.parse(await readFile('run/recipe.json', 'utf8'))
  expect(parts).toEqual([
    {
      kind: 'term',
      name: 'towards',
      module: join(process.cwd(), 'towards.mjs'),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ])
  const { out } = await inProcess('encode', 'run', 'waves.csv')
  const means = out
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[0]))
  expect(means.every((mean) => Math.abs(mean + 1) < 0.3)).toBe(true)
})

test('whoever opens the run has the part again, and the report names it', async () => {
  for (const words of [
    ['evaluate', 'run', '--json'],
    ['explain', 'run', '--json'],
    ['doctor', 'run', '--json'],
  ])
    expect((await inProcess(...words)).code, words.join(' ')).toBe(0)
  expect((await inProcess('export', 'run', '--to', 'safetensors')).code).toBe(0)
  expect(await readFile('run/report.html', 'utf8')).toContain('‖z − -1‖₁')
})

test('an interrupted run goes on with its part, to the same bits', async () => {
  const words = ['waves.csv', ...numbers, ...SMALL, '--with', 'towards.mjs', '--towards', '3', '--no-report']
  expect((await betavae(folder.path, 'train', ...words, '--steps', '40', '--out', 'whole')).code).toBe(0)
  expect((await betavae(folder.path, 'train', ...words, '--steps', '20', '--out', 'half')).code).toBe(0)
  // As one that was stopped: its plan is longer than what it did.
  const recipe = JSON.parse(await readFile('half/recipe.json', 'utf8'))
  recipe.training.steps = 40
  await writeFile('half/recipe.json', JSON.stringify(recipe))
  const log = (await readFile('half/events.jsonl', 'utf8'))
    .split('\n')
    .filter((line) => !line.includes('"kind":"end"'))
  await writeFile('half/events.jsonl', log.join('\n'))
  expect((await betavae(folder.path, 'resume', 'half', '--no-report')).code).toBe(0)
  const bytes = (run: string) => readFile(`${run}/checkpoints/last.safetensors`)
  expect((await bytes('half')).equals(await bytes('whole'))).toBe(true)
})

test('a likelihood, a metric, a detector, a sampler, a schedule and an update rule', async () => {
  const own = [
    '--with',
    'several.mjs',
    '--likelihood',
    'cushioned',
    '--label',
    'label',
    '--optimizer',
    'plain',
    '--lr',
    '0.05',
    '--beta',
    'halving(1, 40)',
  ]
  const trained = await inProcess('train', 'waves.csv', ...SMALL, ...own, '--steps', '80', '--out', 'several')
  expect(trained.code, trained.err).toBe(0)
  const judged = await inProcess('evaluate', 'several', '--metrics', 'spread,mig')
  expect(judged.out).toContain('Spread')
  expect(judged.out).toContain('MIG')
  const drawn = await inProcess('sample', 'several', '--from', 'origin', '--count', '3', '--out', 'drawn.csv')
  expect(drawn.code, drawn.err).toBe(0)
  const rows = (await readFile('drawn.csv', 'utf8')).trim().split('\n').slice(1)
  expect(new Set(rows).size).toBe(1)
  const explained = await inProcess('explain', 'several')
  expect(explained.out).toContain('2·|x − x̂|')
})

test('a detector stands beside the house’s', async () => {
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${Math.sin(i)},${Math.cos(i) * (i % 40 === 0 ? 9 : 1)},${Number(i % 40 === 0)}`,
  )
  await writeFile('odd.csv', `a,b,odd\n${rows.join('\n')}\n`)
  const words = ['odd.csv', '--with', 'several.mjs', '--exclude', 'odd', ...SMALL, '--steps', '40']
  await inProcess('train', ...words, '--out', 'table', '--no-report')
  const { out, err } = await inProcess('score', 'table', 'odd.csv', '--label', 'odd', '--json')
  expect(JSON.parse(out).baselines.farOut, err).toMatchObject({ rocAuc: 1 })
})

test('what is not there, misspelled, changed or no part is said', async () => {
  await moduleAt(folder.path, 'empty.mjs', 'export const nothing = 1\n')
  await moduleAt(folder.path, 'broken.mjs', 'export const = 1\n')
  await moduleAt(folder.path, 'kl.mjs', towards.replace("name: 'towards'", "name: 'kl'"))
  await moduleAt(folder.path, 'beta.mjs', towards.replace("option: 'towards'", "option: 'beta'"))
  await inProcess('train', 'waves.csv', ...numbers, ...SMALL, '--with', 'kept.mjs', '--steps', '5')
  await moduleAt(folder.path, 'kept.mjs', towards)
  await inProcess(
    'train',
    'waves.csv',
    ...numbers,
    ...SMALL,
    '--with',
    'kept.mjs',
    '--towards',
    '1',
    '--steps',
    '5',
    '--out',
    'kept',
    '--no-report',
  )
  await moduleAt(folder.path, 'kept.mjs', `${towards}\n// changed\n`)
  const told = await refusals(
    'train waves.csv --with nowhere.mjs',
    'train waves.csv --with empty.mjs',
    'train waves.csv --with kl.mjs',
    'train waves.csv --with beta.mjs',
    'train waves.csv --with towards.mjs --twards 3',
    'train kept/recipe.json',
    'evaluate kept',
  )
  expect(told.replaceAll(process.cwd(), '…')).toMatchInlineSnapshot(`
    "
    train waves.csv --with nowhere.mjs
      2: "…/nowhere.mjs", which cannot be imported: ENOENT: no such file or directory, open '…/nowhere.mjs'; wanted a JavaScript or TypeScript module. Fix: check the path, and run the module alone. [parts/module]
    train waves.csv --with empty.mjs
      2: "…/empty.mjs", which exports no part; wanted a module that exports what defineTerm, defineLikelihood, … give. Fix: export the part: export const mine = defineTerm({ … }). [parts/none]
    train waves.csv --with kl.mjs
      2: a part that is the term "kl", as one of the house's is; wanted a name of its own, so that a recipe means one thing. Fix: give it another name. [parts/taken]
    train waves.csv --with beta.mjs
      2: the term "towards", whose weight would be --beta; wanted an option that nothing else has. Fix: give it another one: option: 'towards'. [parts/option]
    train waves.csv --with towards.mjs --twards 3
      2: unknown option "--twards"; wanted an option of "train". Fix: write --towards, or see betavae train --help. [cli/unknown-option]
    train kept/recipe.json
      2: the term "towards", a part that is not here; wanted what "…/kept.mjs" exports. Fix: give its module: --with …/kept.mjs. [parts/missing]
    evaluate kept
      2: "…/kept.mjs", which is not as it was when the training began; wanted the module of then, by its SHA-256. Fix: restore it, or take it as it is now: --with …/kept.mjs. [parts/changed]
    "
  `)
  expect((await inProcess('evaluate', 'kept', '--with', 'kept.mjs', '--json')).code).toBe(0)
})
