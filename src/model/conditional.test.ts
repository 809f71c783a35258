/** Models that are given a condition, whatever their codes: log p(x|c) is known by quadrature. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Feeds } from '../engine/engine.ts'
import { input } from '../graph/ops/input.ts'
import { sub, sumPerExample } from '../graph/vocabulary.ts'
import {
  average,
  numbered,
  numbersOf,
  numbersUnder,
  overSteps,
  standardErrorsFrom,
} from '../testing/numbers.testing.ts'
import { smallOptions } from '../testing/small-options.ts'
import { toyWorld } from '../testing/toy-world.ts'
import { traceDecoder, tracePrior } from './autoencoder.ts'
import { allLatents } from './distributions/index.ts'
import type { Latent } from './distributions/latent.ts'
import { codesOfLevels } from './levels.ts'
import { allPriors } from './priors/index.ts'
import { type CodeSpace, EUCLIDEAN } from './spaces.ts'
import { type ModelSpec, spaceOf } from './spec.ts'
import { newTrace } from './trace.ts'

const [DRAWS, TIMES] = [1000, 8]
const condition = [{ name: 'label', levels: [0, 1] }]

/** Places of a space of two dimensions, or of levels, and the logarithm of what each stands for. */
interface Places {
  readonly numbers: readonly (readonly number[])[]
  readonly logAreas: readonly number[]
}

const along = (count: number, from: number, step: number) =>
  Array.from({ length: count }, (_, i) => from + i * step)

function placesIn(space: CodeSpace): Places {
  if (space.kind === 'euclidean') {
    const line = along(57, -7, 0.25)
    const numbers = line.flatMap((a) => line.map((b) => [a, b]))
    return { numbers, logAreas: numbers.map(() => 2 * Math.log(0.25)) }
  }
  if (space.kind === 'sphere') {
    const numbers = along(400, 0, Math.PI / 200).map((angle) => [Math.cos(angle), Math.sin(angle)])
    return { numbers, logAreas: numbers.map(() => Math.log(Math.PI / 200)) }
  }
  if (space.kind === 'ball') {
    // Rings by their distance from the center, at the middle of each.
    const [root, ring, share] = [Math.sqrt(space.curvature), 0.02, Math.PI / 16]
    const all = along(400, ring / 2, ring).flatMap((far) =>
      along(32, 0, share).map((angle) => ({ far, angle })),
    )
    return {
      numbers: all.map(({ far, angle }) =>
        [Math.cos(angle), Math.sin(angle)].map((x) => (x * Math.tanh((root * far) / 2)) / root),
      ),
      logAreas: all.map(({ far }) => Math.log((ring * share * Math.sinh(root * far)) / root)),
    }
  }
  if (space.kind !== 'discrete') throw new TypeError(`no places of ${space.kind} codes`)
  const numbers = space.levels.reduce<number[][]>(
    (all, count) => all.flatMap((own) => along(count, 0, 1).map((level) => [...own, level])),
    [[]],
  )
  return { numbers, logAreas: numbers.map(() => 0) }
}

/** log p(x|c) in nats of an example in model units, by the parameters among feeds. */
async function evidenceOf(spec: ModelSpec, x: readonly number[], given: readonly number[], feeds: Feeds) {
  const { numbers, logAreas } = placesIn(spaceOf(spec))
  const [rows, width] = [numbers.length, numbers[0].length]
  const trace = newTrace()
  const example = { shape: [x.length], dtype: 'float32', scaleShape: [] } as const
  const places = input('places', [rows, width])
  const code = codesOfLevels(spec, places, trace) ?? places
  const { density } = traceDecoder(spec, example, code, trace, input('condition', [rows, given.length]))
  const loss = sumPerExample(density.negativeLogLikelihood(input('seen', [rows, x.length])))
  const joint = sub(tracePrior(spec, example, trace).logDensity(code), loss)
  const repeated = (row: readonly number[]) =>
    numbered(
      numbers.flatMap(() => [...row]),
      rows,
      row.length,
    )
  const found = await numbersOf(
    { joint },
    {
      ...feeds,
      places: numbered(numbers.flat(), rows, width),
      seen: repeated(x),
      condition: repeated(given),
    },
  )
  return Math.log(found.joint.reduce((sum, log, i) => sum + Math.exp(log + logAreas[i]), 0))
}

/** The least size from two on that a latent takes, and the space of its codes. */
function shapeOf(latent: Latent): { readonly size: number; readonly space: CodeSpace } {
  const options = z.parse(latent.options, smallOptions(latent.options))
  const { least, step } = latent.sizes?.(options) ?? { least: 1, step: 1 }
  const size = least + step * Math.max(0, Math.ceil((2 - least) / step))
  return { size, space: latent.space?.(size, options) ?? EUCLIDEAN }
}

/** Codes whose posterior is wherever their prior is, so that weights have a finite variance and p(x|c) as their mean. */
const kinds = allLatents.filter(
  (kind) => kind.stochastic && !kind.roundsCodes && shapeOf(kind).space.kind !== 'mixed',
)

describe.each(kinds)('$name', (kind) => {
  const { size, space } = shapeOf(kind)
  const prior = allPriors.find(({ space: of }) => (of ?? 'euclidean') === space.kind)!
  const world = toyWorld({
    latent: { ...smallOptions(kind.options), name: kind.name, size },
    prior: { name: prior.name },
    condition,
    batch: 1,
    draws: DRAWS,
  })
  const { model, spec } = world
  const labels = [
    [1, 0],
    [0, 1],
  ]
  const seenUnder = async (given: readonly number[]) => {
    const feeds = { ...world.feeds, condition: numbered(given, 1, 2) }
    const outputs = { rows: model.x, nll: model.reconstructionOfDraws, ratio: model.logRatio! }
    const all = await numbersUnder(
      { ...outputs, mean: model.posterior.mean },
      overSteps(world, TIMES).map((step) => ({ ...step, condition: feeds.condition })),
    )
    return {
      truth: await evidenceOf(spec, all[0].rows, given, feeds),
      mean: all[0].mean,
      logs: all.flatMap(({ nll, ratio }) => nll.map((nats, i) => -nats - ratio[i])),
    }
  }

  test('its bound is below log p(x|c), to which its weights add', async () => {
    for (const given of labels) {
      const { truth, logs } = await seenUnder(given)
      expect(average(logs)).toBeLessThan(truth)
      const weights = logs.map((log) => Math.exp(log - truth))
      expect(standardErrorsFrom(1, weights)).toBeLessThan(4)
    }
  })

  test('another condition is another code, and another likelihood', async () => {
    const [first, second] = [await seenUnder(labels[0]), await seenUnder(labels[1])]
    expect(Math.abs(first.truth - second.truth)).toBeGreaterThan(0.05)
    if (space.kind !== 'discrete')
      expect(first.mean.some((x, i) => Math.abs(x - second.mean[i]) > 1e-3)).toBe(true)
  })
})
