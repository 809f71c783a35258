import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presets } from '../../inside.node.ts'
import { inProcess, leaveFor, refusals, temporaryFolder } from './running.testing.ts'

const SMALL = ['--latent', '2', '--hidden', '8', '--threads', '1', '--seed', '3']
const home = process.cwd()
const folder = await temporaryFolder()

beforeAll(async () => {
  process.chdir(folder.path)
  const train = (...words: string[]) => inProcess('train', 'digits', ...SMALL, '--no-report', ...words)
  expect((await train('--steps', '40', '--beta', '2', '--l2', '0.01', '--out', 'run')).code).toBe(0)
  expect((await train('--steps', '2', '--objective', 'annealed-vae', '--out', 'held')).code).toBe(0)
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const text = async (...words: string[]) => (await inProcess('explain', ...words)).out
const json = async (...words: string[]) => JSON.parse(await text(...words, '--json')) as Explained
/** Digits that another processor may round differently, by how many there are. */
const steady = (out: string) =>
  out.replace(/\d+\.(\d\d(?= |$)|\d(?= %))/gm, (number) => '#'.repeat(number.length))

interface Entry {
  readonly value: number
  readonly weighted: number
  readonly share: number
}

interface Explained {
  readonly formula: string
  readonly beta: number | null
  readonly reconstruction: { start: Entry; end: Entry | null }
  readonly terms: readonly { name: string; start: Entry | null; end: Entry | null }[]
  readonly loss: Record<'start' | 'end', { steps: [number, number]; loss: number } | null>
  readonly conversion?: { beta: number; option: string; conventions: { name: string; value: number }[] }
}

describe('a run', () => {
  test('tells what its loss was made of', async () => {
    const { reconstruction, terms, loss } = await json('run')
    expect(loss).toMatchObject({ start: { steps: [1, 1] }, end: { steps: [37, 40] } })
    for (const time of ['start', 'end'] as const) {
      const entries = [reconstruction, ...terms].map((part) => part[time] as Entry)
      const [, kl, l2] = entries
      expect(kl.weighted).toBeCloseTo(2 * kl.value, 9)
      expect(l2.weighted).toBeCloseTo(0.01 * l2.value, 9)
      expect(entries.reduce((sum, { weighted }) => sum + weighted, 0)).toBeCloseTo(loss[time]!.loss, 9)
      expect(entries.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    }
    expect(loss.end!.loss).toBeLessThan(loss.start!.loss)
  })

  test('reads well', async () => {
    expect(steady(await text('run'))).toMatchInlineSnapshot(`
      "L = −log Bernoulli(x; x̂) + 2 · KL(q(z|x) ‖ N(0, I)) + #### · ‖θ‖²

      β                2  weight of kl, the divergence from the prior
      β_norm      0.0625  β·M/N with M = 2 latent and N = 64 data dimensions
      implied σ²    none  only a Gaussian likelihood whose σ² is given has one

                                start, step 1  end, mean of steps 37 to 40
      nats            value  weighted   share    value  weighted   share
      reconstruction  #####     #####  #### %    #####     #####  #### %
      kl               ####      ####   ### %     ####      ####   ### %
      l2              #####      ####   ### %    #####      ####   ### %
      loss                      #####                      #####

      kl, on the posterior, weight 2
        prior on the code z ~ N(0, I), counted 2 times; the code is charged more than the ELBO asks: favors independent, fewer active dimensions
      l2, on the parameters, weight ####
        MAP with the prior θ ~ N(0, 1/(2λN)) = N(0, 0.03479), N = 1437

      β = 2 elsewhere, as the weight w of
        beta-norm      0.0625  −log Bernoulli(x; x̂) + w · (N/M) · KL
        mean-entropy  0.03125  (−log Bernoulli(x; x̂))/N + w · KL
        mean-mean      0.0625  (−log Bernoulli(x; x̂))/N + w · KL/M
        and of no squared error: that needs a Gaussian likelihood whose σ² is given
      "
    `)
  })
})

/** Sizes of codes that are made of levels. */
const SIZES: Readonly<Record<string, string>> = { 'gumbel-vae': '20', 'joint-vae': '12', 'vq-vae': '8' }

test.each(presets.map(({ name }) => name))('%s is explained before it is trained', async (name) => {
  const words = ['digits', '--objective', name, ...SMALL.with(1, SIZES[name] ?? '2')]
  const out = await text(...words)
  expect(out).toMatch(/^L = .*\n\nβ .*\nβ_norm .*\nimplied σ² .*\n\n +start, step 1\n/)
  const lines = out.split('\n')
  const [header, ...rows] = lines.slice(lines.findIndex((line) => line.includes('start, step 1')) + 1)
  const values = rows.slice(0, rows.findIndex((row) => row.startsWith('loss')) + 1)
  // All shares end in one column.
  for (const row of values.filter((line) => line.endsWith('%'))) expect(row).toHaveLength(header.length)
  expect(out).not.toMatch(/NaN|undefined|null|p\(z\)/)
  const { terms, reconstruction, loss } = await json(...words)
  expect(loss.end).toBeNull()
  const entries = [reconstruction, ...terms].flatMap(({ start }) => start ?? [])
  expect(entries.reduce((sum, { weighted }) => sum + weighted, 0)).toBeCloseTo(loss.start!.loss, 9)
})

describe('--convert', () => {
  const gaussian = ['--likelihood', 'gaussian', '--sigma', '0.5']

  test('says what β it is, every name of it and its option', async () => {
    expect(await text('digits', ...gaussian, '--convert', 'mean-squares=0.03125')).toMatchInlineSnapshot(`
      "mean-squares = 0.03125 is β = 4: --beta 4
      where the loss of each is, up to a factor, with M = 20 latent and N = 64 data dimensions

        beta                4  −log N(x; x̂, σ² = 0.25) + w · KL
        beta-norm        1.25  −log N(x; x̂, σ² = 0.25) + w · (N/M) · KL
        sum-squares         2  ‖x − x̂‖² + w · KL
        mean-squares  0.03125  ‖x − x̂‖²/N + w · KL
        mean-mean       0.625  ‖x − x̂‖²/N + w · KL/M
      "
    `)
    const { conversion } = await json('digits', ...gaussian, '--convert', 'sum-squares=2')
    expect(conversion).toMatchObject({ beta: 4, option: '--beta 4' })
    const { beta } = await json('digits', ...gaussian, ...conversion!.option.split(' '))
    expect(beta).toBe(4)
  })

  test('is refused where it could mean anything', async () => {
    expect(
      await refusals(
        'explain digits --convert foo=1',
        'explain digits --convert mean-squares=1',
        'explain digits --likelihood gaussian --convert mean-entropy=1',
        'explain digits --convert mean-entropy',
        'explain digits --convert mean-entropy=x',
        'explain digits --convert mean-entropy=-1',
        'explain held --convert beta=1',
        'explain digits --objective autoencoder --convert beta=1',
      ),
    ).toMatchInlineSnapshot(`
      "
      explain digits --convert foo=1
        2: convention "foo"; wanted beta, beta-norm, mean-entropy, mean-mean. Fix: name one of those. [objective/convention]
      explain digits --convert mean-squares=1
        2: convention "mean-squares" where the likelihood is −log Bernoulli(x; x̂); wanted a Gaussian likelihood whose σ² is given, or one of beta, beta-norm, mean-entropy, mean-mean. Fix: add --likelihood gaussian --sigma 1, or the σ that the squared error is meant with. [objective/convention-form]
      explain digits --likelihood gaussian --convert mean-entropy=1
        2: convention "mean-entropy" where the likelihood is −log N(x; x̂, σ² = 1); wanted a likelihood other than a Gaussian of given σ², or one of beta, beta-norm, sum-squares, mean-squares, mean-mean. Fix: name the convention of the squared error, or add --likelihood bernoulli. [objective/convention-form]
      explain digits --convert mean-entropy
        2: --convert mean-entropy; wanted a convention and a weight of at least 0. Fix: write for example --convert mean-squares=0.00025. [cli/option-value]
      explain digits --convert mean-entropy=x
        2: --convert mean-entropy=x; wanted a convention and a weight of at least 0. Fix: write for example --convert mean-squares=0.00025. [cli/option-value]
      explain digits --convert mean-entropy=-1
        2: --convert mean-entropy=-1; wanted a convention and a weight of at least 0. Fix: write for example --convert mean-squares=0.00025. [cli/option-value]
      explain held --convert beta=1
        2: objective "annealed-vae", whose term capacity holds the KL at a target; wanted a KL with a weight, which is what conventions name differently. Fix: convert for another objective: add --objective beta-vae. [objective/no-beta]
      explain digits --objective autoencoder --convert beta=1
        2: objective "autoencoder", which has no KL; wanted a KL with a weight, which is what conventions name differently. Fix: convert for another objective: add --objective beta-vae. [objective/no-beta]
      "
    `)
  })
})

test('what is ambiguous is refused with the fix', async () => {
  expect(
    await refusals(
      'explain digits --beta 1 --free-bits 1',
      'explain digits --set objective.terms=[{"term":"kl","weight":1},{"term":"kl","weight":2}]',
      'explain digits --set objective.terms=[{"term":"gaussian","weight":1}]',
      'explain digits --likelihood gaussian --likelihood bernoulli',
      'train digits --beta 1 --beta 4',
    ),
  ).toMatchInlineSnapshot(`
    "
    explain digits --beta 1 --free-bits 1
      2: 2 divergences from the prior (kl, free-bits); wanted at most one, so that β has one meaning. Fix: keep one: --objective vae has kl alone, --objective free-bits-vae has free-bits alone. [objective/two-rates]
    explain digits --set objective.terms=[{"term":"kl","weight":1},{"term":"kl","weight":2}]
      2: 2 divergences from the prior (kl, kl-2); wanted at most one, so that β has one meaning. Fix: keep one: --objective vae has kl alone. [objective/two-rates]
    explain digits --set objective.terms=[{"term":"gaussian","weight":1}]
      2: the likelihood "gaussian" among the terms; wanted one likelihood, which the model has already. Fix: drop the term, or choose the likelihood with --likelihood gaussian. [objective/two-likelihoods]
    explain digits --likelihood gaussian --likelihood bernoulli
      2: --likelihood gaussian and --likelihood bernoulli; wanted --likelihood once. Fix: keep the one that is meant. [cli/twice]
    train digits --beta 1 --beta 4
      2: --beta 1 and --beta 4; wanted --beta once. Fix: keep the one that is meant. [cli/twice]
    "
  `)
})

test('what may repeat repeats', async () => {
  const twice = ['--set', 'training.seed=3', '--set', 'training.batch=7']
  expect(JSON.parse(await text('digits', '--recipe', ...twice))).toMatchObject({
    training: { seed: 3, batch: 7 },
  })
})
