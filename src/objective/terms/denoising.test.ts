import { describe, expect, test } from 'vitest'
import { input } from '../../graph/ops/input.ts'
import { newTrace } from '../../model/trace.ts'
import { average, numbered, numbersOf, standardErrorsFrom } from '../../testing/numbers.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'
import { knobsAt } from '../objective.ts'
import { traceTerms } from '../trace.ts'
import { denoising } from './denoising.ts'
import { noiseFeeds, termTraceOf, uniform } from './staging.testing.ts'

const SHAPE = [50, 4, 10]

/** An example, what the encoder sees of it, and the noise between them. */
async function corrupted(kind: 'gaussian' | 'masking', strength: number) {
  const trace = newTrace()
  const seen = denoising.corrupt!(input('x', SHAPE), input('σ', []), termTraceOf(trace), { kind })
  const x = uniform(SHAPE, 1, 3)
  const values = await numbersOf({ seen }, { x, σ: numbered([strength]), ...noiseFeeds(trace) })
  return { x: Array.from(x.data), seen: values.seen }
}

describe('what the encoder sees', () => {
  test('gaussian: the example and noise of standard deviation σ', async () => {
    const { x, seen } = await corrupted('gaussian', 0.5)
    const noise = seen.map((value, i) => value - x[i])
    expect(standardErrorsFrom(0, noise)).toBeLessThan(4)
    expect(
      standardErrorsFrom(
        0.25,
        noise.map((value) => value ** 2),
      ),
    ).toBeLessThan(4)
    // Independent of the example: their product is 0 on average.
    expect(
      standardErrorsFrom(
        0,
        noise.map((value, i) => value * x[i]),
      ),
    ).toBeLessThan(4)
  })

  test('masking: 0 for a share of the entries, the others as they are', async () => {
    const { x, seen } = await corrupted('masking', 0.3)
    const hidden = seen.map((value) => (value === 0 ? 1 : 0))
    expect(standardErrorsFrom(0.3, hidden)).toBeLessThan(4)
    expect(seen.every((value, i) => value === 0 || value === x[i])).toBe(true)
  })

  test.each(['gaussian', 'masking'] as const)('%s of strength 0 changes nothing', async (kind) => {
    const { x, seen } = await corrupted(kind, 0)
    expect(seen).toEqual(x)
  })

  test('masking of strength 1 leaves nothing', async () => {
    expect((await corrupted('masking', 1)).seen.every((value) => value === 0)).toBe(true)
  })
})

describe('on a model', () => {
  const loss = async (kind: string, strength: number | string) => {
    const world = toyWorld({ terms: [{ term: 'denoising', weight: strength, kind }] })
    const [{ loss }] = world.objective.players
    const at = async (step: number) => {
      const knobs = Object.entries(knobsAt(world.terms, step)).map(([name, value]) => [
        name,
        { data: Float64Array.of(value), shape: [] },
      ])
      return (await numbersOf({ loss }, { ...world.feeds, ...Object.fromEntries(knobs) })).loss[0]
    }
    return { world, at }
  }

  test.each(['gaussian', 'masking'])(
    '%s: its strength follows a schedule, an input of the program',
    async (kind) => {
      const fixed = await Promise.all([0, 0.5].map(async (strength) => (await loss(kind, strength)).at(0)))
      const rising = (await loss(kind, 'linear(0, 0.5, 10)')).at
      expect(await rising(0)).toBeCloseTo(fixed[0], 12)
      expect(await rising(10)).toBeCloseTo(fixed[1], 12)
      expect(Math.abs(fixed[1] - fixed[0])).toBeGreaterThan(1e-4)
    },
  )

  test('the two kinds differ', async () => {
    const [gaussian, masking] = [await loss('gaussian', 0.5), await loss('masking', 0.5)]
    expect(Math.abs((await gaussian.at(0)) - (await masking.at(0)))).toBeGreaterThan(1e-4)
  })

  test('the reconstruction is of the example itself, and whoever judges corrupts nothing', async () => {
    const { world } = await loss('gaussian', 2)
    const clean = toyWorld()
    const training = await numbersOf({ example: world.model.x, seen: world.model.seen }, world.feeds)
    const wanted = await numbersOf({ example: clean.model.x, loss: clean.model.reconstruction }, clean.feeds)
    expect(training.example).toEqual(wanted.example)
    expect(training.seen).not.toEqual(wanted.example)
    const judged = traceTerms(world.request, false).model
    expect(await numbersOf({ loss: judged.reconstruction }, world.feeds)).toEqual({ loss: wanted.loss })
  })
})

describe('its reading', () => {
  const setting = { examples: 100, latent: 3, dataSize: 6 }

  test('gaussian: σ²/2 of the squared Jacobian, which the loss of a linear model confirms', async () => {
    expect(denoising.reading(0.2, { kind: 'gaussian' }, setting, {})).toContain('0.02·‖∂x̂/∂x‖²')
    // x̂ = 3·x̃: ½(x − 3(x + σε))² = ½(x − 3x)² + σ²/2 · 3² on average.
    const { x, seen } = await corrupted('gaussian', 0.2)
    const added = seen.map((value, i) => 0.5 * (x[i] - 3 * value) ** 2 - 0.5 * (x[i] - 3 * x[i]) ** 2)
    expect(standardErrorsFrom(0.02 * 9, added)).toBeLessThan(4)
    expect(average(added)).toBeGreaterThan(0)
  })

  test('masking: the share that is hidden', () => {
    expect(denoising.reading(0.3, { kind: 'masking' }, setting, {})).toContain('probability 0.3')
  })
})

test('to hide more than all is refused; noise may be any', () => {
  const world = (kind: string) => () =>
    toyWorld({ terms: [{ term: 'denoising', kind, weight: 'linear(0, 2, 10)' }] })
  expect(world('gaussian')).not.toThrow()
  expect(world('masking')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: --noise linear(0, 2, 10); wanted σ ≤ 1. Fix: write for example --noise 0.25. [objective/weight-too-great]]`,
  )
})
