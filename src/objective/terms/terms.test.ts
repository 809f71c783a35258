/** Sweeps the term index: a new term is covered when it is listed. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { Engine } from '../../engine/engine.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { nodeWasmEngine } from '../../engine/onnxruntime/node/wasm.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { gradient } from '../../graph/gradient.ts'
import { program } from '../../graph/program.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { allLatents } from '../../model/distributions/index.ts'
import type { Latent } from '../../model/distributions/latent.ts'
import { allLikelihoods } from '../../model/likelihoods/index.ts'
import { allPriors } from '../../model/priors/index.ts'
import { checkGradient, relativeDifference } from '../../testing/probing.ts'
import { smallOptions } from '../../testing/small-options.ts'
import { termWorlds } from '../../testing/term-worlds.ts'
import { type ToyWorld, toyWorld } from '../../testing/toy-world.ts'
import { overBatch } from '../trace.ts'
import { allTerms } from './index.ts'

const engines: Engine[] = [await nativeEngine({ threads: 1 }), await nodeWasmEngine({ threads: 1 })]
const world = toyWorld()
const ready = ({ objective }: ToyWorld, key: string): Tensor => objective.terms[key]

const spaceOf = ({ space, sizes, options }: Latent) => {
  const own = z.parse(options, {})
  return space?.(sizes?.(own).least ?? 3, own).kind ?? 'euclidean'
}

/** Every term over the latents that it can sit on, and what its opponent minimizes. */
const ofTerms = allTerms.flatMap((term) =>
  termWorlds(term).flatMap(({ latent, world: own }) => {
    const [model, ...opponents] = own.objective.players
    return [
      // A term on the input has no loss of its own; it changes the others.
      {
        name: `term ${term.name} (${latent})`,
        world: own,
        loss: term.loss ? ready(own, term.name) : model.loss,
      },
      ...opponents.map((player) => ({ name: `opponent of ${term.name}`, world: own, loss: player.loss })),
    ]
  }),
)

const losses = [
  ...ofTerms,
  ...allLikelihoods.map(({ name }) => {
    const own = toyWorld({ likelihood: { name } })
    return { name: `likelihood ${name}`, world: own, loss: own.objective.reconstruction }
  }),
  ...allPriors.map(({ name, options, space, isConditional }) => {
    const latent = allLatents.find((kind) => kind.stochastic && spaceOf(kind) === (space ?? 'euclidean'))!
    const own = toyWorld({
      prior: { ...smallOptions(options), name },
      ...(isConditional && { condition: [{ name: 'label', levels: [0, 1] }] }),
      latent: { ...smallOptions(latent.options), name: latent.name },
      // Through discrete codes gradients are those of others.
      terms: space === 'discrete' ? [{ term: 'relaxation', weight: 0.7 }] : [],
      draws: 2,
    })
    return { name: `prior ${name}`, world: own, loss: own.objective.kl! }
  }),
  ...allLatents
    // The rate of codes that are rounded is a constant.
    .filter(({ stochastic, roundsCodes }) => stochastic && !roundsCodes)
    .map((kind) => {
      const { name, options } = kind
      const prior = allPriors.find(({ space }) => (space ?? 'euclidean') === spaceOf(kind))!
      const own = toyWorld({
        latent: { ...smallOptions(options), name },
        prior: { name: prior.name },
        draws: 2,
      })
      return { name: `latent ${name}`, world: own, loss: own.objective.kl! }
    }),
]

describe.each(losses)('$name', ({ world: { feeds, parameters, parameterNames }, loss }) => {
  const used = program('loss', { loss }).inputs.map(({ name }) => name)
  const own = Object.fromEntries(Object.entries(feeds).filter(([name]) => used.includes(name)))
  const wrt = parameterNames.filter((name) => used.includes(name))
  const leaves = parameters.filter(({ name }) => wrt.includes(name)).map(({ tensor }) => tensor)

  test('its gradient matches central differences', async () => {
    const check = await checkGradient(loss, wrt, leaves, own)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })

  test.each(engines)('$name agrees with the reference', async (engine) => {
    const slopes = gradient(loss, leaves)
    const traced = program('term', {
      loss,
      ...Object.fromEntries(slopes.map((slope, i) => [`d${i}`, slope])),
    })
    using exact = await referenceEngine.load(traced)
    using fast = await engine.load(traced)
    const given = Object.fromEntries(traced.inputs.map(({ name }) => [name, feeds[name]]))
    const wanted = await exact.run(given)
    const got = await fast.run(given)
    for (const name of Object.keys(traced.outputs))
      expect(relativeDifference(got[name], wanted[name])).toBeLessThan(engine.tolerance)
  })
})

test('no two terms have one option', () => {
  expect(new Set(allTerms.map(({ option }) => option)).size).toBe(allTerms.length)
})

describe('options change the loss', () => {
  const value = async (loss: Tensor) => {
    const traced = program('value', { loss: overBatch(loss) })
    using executable = await referenceEngine.load(traced)
    return (
      await executable.run(Object.fromEntries(traced.inputs.map(({ name }) => [name, world.feeds[name]])))
    ).loss.data[0]
  }
  test.each(['l2', 'l1'])('%s on all parameters is the sum of its parts', async (name) => {
    const of = (part: string) => value(ready(toyWorld({ terms: [{ term: name, weight: 1, part }] }), name))
    const [all, encoder, decoder] = [await of('all'), await of('encoder'), await of('decoder')]
    expect(encoder).toBeGreaterThan(0)
    expect(decoder).toBeGreaterThan(0)
    expect(all).toBeCloseTo(encoder + decoder, 10)
  })
  test('σ moves the Gaussian likelihood as its density says', async () => {
    const at = async (sigma: number) => {
      const own = toyWorld({ likelihood: { name: 'gaussian', sigma } })
      return value(own.model.reconstruction)
    }
    const squared = await value(toyWorld({ likelihood: { name: 'squared-error' } }).model.reconstruction)
    for (const sigma of [0.5, 1, 2])
      expect(await at(sigma)).toBeCloseTo(
        squared / (2 * sigma ** 2) + 3 * Math.log(2 * Math.PI * sigma ** 2),
        9,
      )
  })
})
