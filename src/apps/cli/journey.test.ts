import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { betavae, type Ended, inProcess, leaveFor, onTerminal, temporaryFolder } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const SMALL = ['--latent', '3', '--hidden', '32', '--epochs', '4', '--lr', '0.003', '--threads', '1']
let trained: Ended

beforeAll(async () => {
  process.chdir(folder.path)
  trained = await betavae(folder.path, 'train', 'digits', ...SMALL, '--beta', '2')
})

afterAll(async () => {
  await leaveFor(home)
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
    // Of those in between one a second is told.
    .replace(/^epoch [23]\/4.*\n/gm, '')

describe('train', () => {
  test('says what it does and what to type next; its stdout is the run', () => {
    expect(trained.code).toBe(0)
    expect(trained.out).toBe('runs/digits-1\n')
    expect(steady(trained.err)).toMatchInlineSnapshot(`
      "run runs/digits-1
      1,437 training and 180 validation examples · 4,518 parameters · ONNX Runtime
      epoch 1/4  loss #  reconstruction #  KL #  validation ELBO −#  # examples/s  # s left
      epoch 4/4  loss #  reconstruction #  KL #  validation ELBO −#  # examples/s  # s left
      done: 44 steps, 4 epochs, # s; epoch 4, the best on validation, is kept
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
        "warning: the bernoulli likelihood is given values between 0 and 1: this trains well, but the loss is a cross-entropy and no density, so its nats compare only with runs like it. Choose --binarize dynamic or fixed to draw them black and white, --likelihood continuous-bernoulli for a density of grey values, or --likelihood gaussian [recipe/grey-bernoulli]",
        "warning: the weight of "kl" is 0.04 after the last of 2 steps, not yet the 4 of linear(0, 4, 100); reports quote 4. Train for longer or shorten the schedule [recipe/unfinished-schedule]",
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
      aggregate gap  #  KL(q(z) ‖ p(z))
      −log p(x)  #  ± # with 5 draws; from drawing ± #, # draws count
        bits per dimension  #

      The KL taken apart, # of 180 posteriors at 4,860 codes
      index–code information  #  ± #  what a code tells of its example; these can show #
      total correlation  #  ± #  what dimensions share
      dimension-wise KL  #  ± #  each dimension against the prior

      KL per dimension
      z#  #  ▉
      z#  #  ▉
      z#  #  ▉

      By class
      class  examples  ELBO  reconstruction  KL  loss
      0  28  −#  #  #  #
      1  14  −#  #  #  #
      2  12  −#  #  #  #
      3  27  −#  #  #  #
      4  15  −#  #  #  #
      5  15  −#  #  #  #
      6  19  −#  #  #  #
      7  19  −#  #  #  #
      8  7  −#  #  #  #
      9  24  −#  #  #  #
      "
    `)
  })
})

test('explain reads a run, and options without a run', async () => {
  const { out } = await inProcess('explain', 'runs/digits-1')
  expect(out).toMatch(/^L = −log Bernoulli\(x; x̂\) \+ 2 · KL\(q\(z\|x\) ‖ N\(0, I\)\)\n/)
  expect(out).toContain('start, step 1  end, mean of steps 40 to 44')
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

test('runs lists runs, and one that cannot be read does not hide the others', async () => {
  const before = await onTerminal(120, 'runs')
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
  expect(mixed).toMatch(/^mixed\/broken,,.*\[recipe\/invalid\]"?$/m)
  expect(mixed).toMatch(/^mixed\/sound,.*,finished,/m)
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
