import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readNpy } from '../../data/formats/npy.ts'
import { readSafetensors } from '../../data/formats/safetensors.ts'
import { betavae, type Ended, inProcess, start, temporaryFolder } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const SMALL = ['--latent', '3', '--hidden', '32', '--epochs', '4', '--lr', '0.003', '--threads', '1']
let trained: Ended

beforeAll(async () => {
  process.chdir(folder.path)
  trained = await betavae(folder.path, 'train', 'digits', ...SMALL, '--beta', '2')
})

afterAll(async () => {
  process.chdir(home)
  await folder.remove()
})

const inFolder = (name: string) => join(folder.path, name)
const json = async (...words: string[]): Promise<Record<string, unknown>> => {
  const { code, out, err } = await inProcess(...words, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Record<string, unknown>
}
/** Numbers that differ from machine to machine, by their last digits or altogether. */
const steady = (text: string) =>
  text
    .replace(/ONNX Runtime.*/, 'ONNX Runtime')
    .replace(/[\d,]*\.\d+|[\d,]+(?= examples\/s)/g, '#')
    .replace(/\d+ s\b/g, '# s')
    .replace(/(\S) {2,}/g, '$1  ')

describe('train', () => {
  test('says what it does and what to type next; its stdout is the run', () => {
    expect(trained.code).toBe(0)
    expect(trained.out).toBe('runs/digits-1\n')
    expect(steady(trained.err)).toMatchInlineSnapshot(`
      "run runs/digits-1
      1,437 training and 180 validation examples · 4,518 parameters · ONNX Runtime
      epoch 1/4  loss #  reconstruction #  KL #  validation ELBO −#  # examples/s  # s left
      epoch 2/4  loss #  reconstruction #  KL #  validation ELBO −#  # examples/s  # s left
      epoch 3/4  loss #  reconstruction #  KL #  validation ELBO −#  # examples/s  # s left
      epoch 4/4  loss #  reconstruction #  KL #  validation ELBO −#  # examples/s  # s left
      done: 44 steps, 4 epochs, # s
      validation  ELBO −#  reconstruction #  KL #  nats
      run  runs/digits-1
      report  runs/digits-1/report.html
      next
        betavae evaluate runs/digits-1 --nll 100  what it is worth on held-out data
        betavae traverse runs/digits-1 --out traverse.png  what each code dimension does
        betavae sample runs/digits-1 --out samples.png  new examples
      "
    `)
  })

  test('leaves all that the run needs', () => {
    for (const name of ['recipe.json', 'events.jsonl', 'report.html', 'checkpoints/last.safetensors'])
      expect(existsSync(inFolder(`runs/digits-1/${name}`)), name).toBe(true)
    for (const name of ['encoder.onnx', 'decoder.onnx', 'weights.safetensors', 'card.json'])
      expect(existsSync(inFolder(`runs/digits-1/model/${name}`)), name).toBe(true)
  })

  test('--json is one event a line, the run in the last', async () => {
    const { code, out, err } = await inProcess('train', 'digits', ...SMALL, '--no-report', '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events[0]).toMatchObject({ kind: 'start', batch: 128 })
    expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'finished', run: 'runs/digits-2' })
    expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(4)
    expect(existsSync('runs/digits-2/report.html')).toBe(false)
  })

  test('takes a recipe file, which repeats a run to the bit, and options over it', async () => {
    const again = await inProcess('train', 'runs/digits-1/recipe.json', '--no-report', '--out', 'again')
    expect(again.code).toBe(0)
    const weights = (run: string) => readFile(join(run, 'model', 'weights.safetensors'))
    expect(await weights('again')).toEqual(await weights('runs/digits-1'))
    const changed = await json('explain', 'runs/digits-1/recipe.json', '--beta', '7')
    expect(changed).toMatchObject({ beta: 7 })
  })

  test('warns of grey pixels and of schedules that do not end', async () => {
    const { err } = await inProcess(
      ...[
        'train',
        'digits',
        '--binarize',
        'none',
        '--beta',
        'linear(0, 4, 100)',
        '--steps',
        '2',
        '--hidden',
        '4',
      ],
      ...['--no-report', '--out', 'warned'],
    )
    expect(err.split('\n').filter((line) => line.startsWith('warning'))).toMatchInlineSnapshot(`
      [
        "warning: the bernoulli likelihood is given values between 0 and 1: this trains well, but the loss is a cross-entropy and no density, so its nats compare only with runs like it. For comparable nats use --binarize dynamic; for grey values as they are, --likelihood gaussian [recipe/grey-bernoulli]",
        "warning: the weight of "kl" is 0.08 after the last of 2 steps, not yet the 4 of linear(0, 4, 100); reports quote 4. Train for longer or shorten the schedule [recipe/unfinished-schedule]",
      ]
    `)
  })
})

describe('evaluate', () => {
  test('--json has the fields that programs read', async () => {
    const evaluation = await json('evaluate', 'runs/digits-1', '--nll', '5')
    const { reconstruction, kl, elbo, loss, klPerDimension } = evaluation as {
      [name in 'reconstruction' | 'kl' | 'elbo' | 'loss']: number
    } & { klPerDimension: number[] }
    expect(evaluation).toMatchObject({ split: 'test', count: 180, nll: { samples: 5 } })
    expect(elbo).toBeCloseTo(-(reconstruction + kl), 6)
    expect(loss).toBeCloseTo(reconstruction + 2 * kl, 6)
    expect(klPerDimension.reduce((a, b) => a + b)).toBeCloseTo(kl, 5)
  })

  test('without it a table', async () => {
    const { out } = await inProcess('evaluate', 'runs/digits-1', '--split', 'validation', '--nll', '5')
    expect(
      steady(out)
        .replace(/[▏▎▍▌▋▊▉█]+/g, '▉')
        .replace(/z\d/g, 'z#')
        .replace(/\d {2}of 3/, '#  of 3'),
    ).toMatchInlineSnapshot(`
      "runs/digits-1, validation split, 180 examples; nats per example

      ELBO  −#
      reconstruction  #
      KL  #
      loss  #
      bits per dimension  #
      active units  #  of 3
      −log p(x)  #  ± # with 5 draws

      KL per dimension
      z#  #  ▉
      z#  #  ▉
      z#  #  ▉
      "
    `)
  })
})

test('explain reads a run, and options without a run', async () => {
  expect((await inProcess('explain', 'runs/digits-1')).out).toMatchInlineSnapshot(`
    "L = −log Bernoulli(x; x̂) + 2 · KL(q(z|x) ‖ N(0, I))

    β                 2  weight of the divergence from the prior
    β_norm      0.09375  β·M/N with M = 3 latent and N = 64 data dimensions
    implied σ²     none  the likelihood is not Gaussian, or nothing holds the code to a prior

    kl, on the posterior, weight 2
      prior on the code z ~ N(0, I), counted 2 times; the code is charged more than the ELBO asks: favors independent, fewer active dimensions
    "
  `)
  const ledger = await json(
    'explain',
    'digits',
    '--likelihood',
    'gaussian',
    '--sigma',
    '0.5',
    '--beta',
    '4',
    '--l2',
    '1e-5',
  )
  expect(ledger).toMatchObject({ beta: 4, impliedVariance: 1, betaNorm: (4 * 20) / 64 })
  expect(ledger.terms).toMatchObject([{ name: 'kl' }, { name: 'l2', on: 'parameters', weight: 1e-5 }])
})

test('explain --recipe prints a recipe that train takes', async () => {
  const { out } = await inProcess('explain', 'digits', '--beta', '3', '--recipe')
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    objective: { name: 'vae', terms: [{ term: 'kl', weight: 3 }] },
  })
})

describe('pictures and arrays', () => {
  const PNG = [0x89, 0x50, 0x4e, 0x47]
  test.each([
    ['sample', ['--count', '5'], [5, 1, 8, 8]],
    ['reconstruct', ['--count', '4'], [4, 1, 8, 8]],
    ['traverse', ['--dimensions', '0,2', '--steps', '3'], [6, 1, 8, 8]],
    ['interpolate', ['--steps', '6'], [6, 1, 8, 8]],
  ])('%s', async (verb, options, shape) => {
    for (const extension of ['png', 'npy', 'csv'])
      expect(await inProcess(verb, 'runs/digits-1', ...options, '--out', `${verb}.${extension}`)).toEqual({
        code: 0,
        out: `${verb}.${extension}\n`,
        err: '',
      })
    expect([...(await readFile(`${verb}.png`)).subarray(0, 4)]).toEqual(PNG)
    const array = readNpy(await readFile(`${verb}.npy`))
    expect(array.shape).toEqual(shape)
    expect(Math.max(...array.data)).toBeGreaterThan(30)
    expect((await readFile(`${verb}.csv`, 'utf8')).split('\n')).toHaveLength(shape[0] + 2)
  })

  test('a traversal as a table says where each line stands', async () => {
    const lines = (await readFile('traverse.csv', 'utf8'))
      .split('\n')
      .map((line) => line.split(',').slice(0, 2))
    expect(lines.slice(0, 3)).toEqual([
      ['dimension', 'position'],
      ['0', '-3'],
      ['0', '0'],
    ])
  })
})

test('encode and score give a line for every row', async () => {
  const codes = await inProcess('encode', 'runs/digits-1', 'digits')
  expect(codes.out.split('\n')).toHaveLength(1797 + 2)
  expect(codes.out.split('\n')[0]).toBe('z0,z1,z2')
  await inProcess('encode', 'runs/digits-1', 'digits', '--out', 'codes.npy')
  expect(readNpy(await readFile('codes.npy')).shape).toEqual([1797, 3])
  await inProcess('score', 'runs/digits-1', 'digits', '--out', 'scores.csv')
  const [head, first] = (await readFile('scores.csv', 'utf8')).split('\n')
  expect(head).toBe('reconstruction,kl,elbo')
  const [reconstruction, kl, elbo] = first.split(',').map(Number)
  expect(elbo).toBeCloseTo(-(reconstruction + kl), 6)
})

test('export writes the files of a format', async () => {
  const onnx = await inProcess('export', 'runs/digits-1', '--to', 'onnx', '--out', 'model')
  expect(onnx.out).toBe('model/encoder.onnx\nmodel/decoder.onnx\nmodel/card.json\n')
  expect(await readFile('model/encoder.onnx')).toEqual(await readFile('runs/digits-1/model/encoder.onnx'))
  await inProcess('export', 'runs/digits-1', '--to', 'safetensors', '--out', 'model')
  const { tensors } = readSafetensors(await readFile('model/weights.safetensors'))
  expect(Object.keys(tensors)).toContain('data.scale')
})

test('runs lists runs, and one that cannot be read does not hide the others', async () => {
  const before = await inProcess('runs')
  expect(steady(before.out)).toMatchInlineSnapshot(`
    "run  data  objective  weights  latent  steps  state  ELBO  reconstruction  KL
    runs/digits-1  digits  vae  β 2  3  44  finished  −#  #  #
    runs/digits-2  digits  vae  β 1  3  44  finished  −#  #  #
    "
  `)
  const listed = JSON.parse((await inProcess('runs', '--json')).out) as object[]
  expect(listed).toMatchObject([
    { run: 'runs/digits-1', state: 'finished', weights: { kl: 2 }, step: 44, steps: 44 },
    { run: 'runs/digits-2', state: 'finished', weights: { kl: 1 } },
  ])
  await mkdir('mixed/broken', { recursive: true })
  await writeFile('mixed/broken/recipe.json', '{}')
  await cp('runs/digits-2', 'mixed/sound', { recursive: true })
  const mixed = (await inProcess('runs', 'mixed')).out
  expect(mixed).toMatch(/^mixed\/broken .*\[recipe\/invalid\]$/m)
  expect(mixed).toMatch(/^mixed\/sound .*finished/m)
  expect(await inProcess('runs', 'nowhere')).toEqual({
    code: 0,
    out: '',
    err: 'no runs in "nowhere"; begin with: betavae train mnist\n',
  })
})

test('report writes the page again', async () => {
  expect(await inProcess('report', 'runs/digits-1')).toEqual({
    code: 0,
    out: 'runs/digits-1/report.html\n',
    err: '',
  })
})

test('resume of a finished run says so', async () => {
  expect(await inProcess('resume', 'runs/digits-1')).toEqual({
    code: 0,
    out: '',
    err: '"runs/digits-1" is finished; look at it with: betavae report runs/digits-1\n',
  })
})

test('doctor tries every engine', async () => {
  const { engines, auto } = (await json('doctor')) as {
    engines: { name: string; works: boolean }[]
    auto: string
  }
  expect(engines.find(({ name }) => name === 'wasm')).toMatchObject({ works: true })
  expect(engines.find(({ name }) => name === auto)).toMatchObject({ works: true })
})

test('--help of every verb tells its options and examples', async () => {
  const { verbs } = await import('./commands/index.ts')
  for (const { name, summary } of verbs) {
    const { code, out } = await inProcess(name, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`Usage: betavae ${name}`)
    expect(out).toContain(summary)
    expect(out).toContain(`Examples:\n  betavae ${name}`)
    // Every option says what it is for.
    expect(out).not.toMatch(/^ {2}--\S+( <\S+>)?\s*(\(default.*)?$/m)
  }
})

test('betavae --help loads none of what verbs need', async () => {
  const hook = `data:text/javascript,${encodeURIComponent(
    "import { registerHooks } from 'node:module'; registerHooks({ resolve(s, c, next) { const r = next(s, c); if (r.url.startsWith('file:')) process.stderr.write(r.url + '\\n'); return r } })",
  )}`
  const { code, out, err } = await start(folder.path, ['--help'], ['--import', hook]).ended
  expect(code).toBe(0)
  expect(out).toContain('train a model on data')
  const loaded = err.split('\n').map((url) => url.split('/src/')[1] ?? url)
  expect(loaded.filter((name) => name !== '')).toMatchInlineSnapshot(`
    [
      "apps/cli/main.ts",
      "apps/cli/cli.ts",
      "apps/cli/commands/index.ts",
      "apps/cli/exit.ts",
      "apps/cli/overview.ts",
      "apps/cli/commands/index.ts",
      "apps/cli/exit.ts",
      "apps/cli/terminal/terminal.ts",
    ]
  `)
})
