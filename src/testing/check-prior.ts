import * as z from 'zod/mini'
import type { Dim } from '../base/shape.ts'
import { referenceEngine } from '../engine/reference.ts'
import { constant } from '../graph/ops/constant.ts'
import { input } from '../graph/ops/input.ts'
import { reshape } from '../graph/ops/reshape.ts'
import { broadcastTo } from '../graph/ops/sum.ts'
import type { Tensor } from '../graph/tensor.ts'
import { drawFrom } from '../infer/samplers/draw-from.ts'
import { dense } from '../model/layers/dense.ts'
import {
  type Mixture,
  type Prior,
  type PriorContext,
  type TracedPrior,
  tracedPrior,
} from '../model/priors/prior.ts'
import type { CodeSpace, CodeSpaceKind } from '../model/spaces.ts'
import { newTrace } from '../model/trace.ts'
import { array, drawn, evaluated, inputsOf } from './evaluated.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { isWithin, ratiosToKnown } from './known-density.ts'
import { checkGradient, weighted } from './probing.ts'
import { smallOptions } from './small-options.ts'
import { wordsFlaws } from './words.ts'

const LATENT = 3
const EXACT = 1e-7
/** Codes whose mean stands for an expectation. */
const DRAWS = 4096
const exampleShape = [6]

/** What is to be known of a space of codes of three numbers. */
const spaces: Readonly<Record<CodeSpaceKind, CodeSpace>> = {
  euclidean: { kind: 'euclidean' },
  sphere: { kind: 'sphere' },
  ball: { kind: 'ball', curvature: 1 },
  discrete: { kind: 'discrete', levels: [LATENT] },
  mixed: { kind: 'mixed', continuous: 1, levels: [LATENT - 1] },
}

/** One-hots as they are written by one categorical variable. */
const codingIn = ({ kind }: CodeSpace): Pick<PriorContext, 'coding'> =>
  kind === 'discrete'
    ? {
        coding: {
          read: (code) => reshape(code, [code.shape[0], 1, LATENT]),
          write: (oneHot) => reshape(oneHot, [oneHot.shape[0], LATENT]),
        },
      }
    : {}

/** A prior as it is traced for a toy model. */
function priorWorld(prior: Prior) {
  const options = z.parse(prior.options, smallOptions(prior.options))
  const trace = newTrace()
  const encoder = trace.layers('encoder')
  const encode = (x: Tensor) => ({
    mean: dense(x, LATENT, encoder('mean')),
    logVariance: dense(x, LATENT, encoder('logVariance')),
  })
  const space = spaces[prior.space ?? 'euclidean']
  const known = constant([0.5, -0.3], [1, 2])
  const context = {
    ...{ latent: LATENT, space, exampleShape, layers: trace.layers('prior'), unitInterval: true },
    condition: (rows: Dim) => broadcastTo(known, [rows, 2]),
  }
  const traced = tracedPrior(prior, { ...context, encode, ...codingIn(space) }, options)
  return { prior, options, space, trace, traced }
}

/** Its density at four codes, and drawn parameters. */
function densityWorld(world: ReturnType<typeof priorWorld>) {
  const { trace, traced } = world
  const logDensity = traced.logDensity(input('code', [4, LATENT]))
  // Short enough for every space.
  const code = drawn([4, LATENT], 50, -0.5, 0.5)
  const feeds = Object.fromEntries([
    ...trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i)] as const),
    ['code', code] as const,
  ])
  return { ...world, logDensity, parameters: trace.parameters, feeds }
}

type DensityWorld = ReturnType<typeof densityWorld>

/**
 * Whether a prior is what it says: a mixture of Gaussians whose weights are one whole, or a density that its draws have;
 * and whether its gradient is its own.
 */
export const checkPrior = (prior: Prior): Promise<readonly Flaw[]> =>
  flawsOf('components', async () => {
    const bare = priorWorld(prior)
    const { traced, options } = bare
    const words = [...wordsFlaws(prior, options), ...kinds(bare)]
    const shapes = traced.mixture ? shapesOf(traced.mixture) : []
    if (shapes.length > 0) return [...words, ...shapes]
    const world = densityWorld(bare)
    return [
      ...words,
      ...flawUnless(
        world.logDensity.shape.join() === '4',
        'shape',
        () => `log-densities [${world.logDensity.shape}] of 4 codes; wanted [4]`,
      ),
      ...(traced.mixture ? await weights(traced.mixture, world) : []),
      ...(traced.draws ? await draws(traced.draws, world) : []),
      ...(traced.draws?.noiseOf ? await noises(traced.draws, world) : []),
      ...(await slopes(world)),
    ]
  })

function kinds({ prior, traced }: ReturnType<typeof priorWorld>): Flaw[] {
  const isOther = traced.mixture !== undefined || traced.draws !== undefined
  return flawUnless(
    (prior.isStandard === true) !== isOther && !(prior.density && prior.components),
    'components',
    () =>
      `${isOther ? 'components or a density' : 'none'} with isStandard ${prior.isStandard}; wanted none of N(0, I) alone`,
  )
}

function shapesOf({ mean, logVariance, logWeight }: Mixture): Flaw[] {
  const count = mean.shape[0] as number
  const shapes = [mean, logVariance, logWeight].map(({ shape }) => shape.join('×'))
  const wanted = [`${count}×${LATENT}`, `${count}×${LATENT}`, `${count}`]
  return flawUnless(
    shapes.join() === wanted.join(),
    'shape',
    () => `components ${shapes.join(', ')}; wanted ${wanted.join(', ')}`,
  )
}

async function weights({ logWeight: log }: Mixture, { feeds }: DensityWorld): Promise<readonly Flaw[]> {
  const { logWeight } = await evaluated({ logWeight: log }, feeds)
  const whole = logWeight.reduce((sum, weight) => sum + Math.exp(weight), 0)
  return flawUnless(
    Math.abs(whole - 1) < 1e-6,
    'weights',
    () => `weights that add to ${whole}; wanted log-weights of one whole`,
  )
}

/** The mean of r/p at draws of p is 1 for another density r of their space, if p is theirs. */
async function draws(
  own: NonNullable<TracedPrior['draws']>,
  { space, traced, feeds }: DensityWorld,
): Promise<readonly Flaw[]> {
  const { code: _, ...values } = feeds
  const drawing = { draws: own, latent: LATENT, values }
  const { data } = await drawFrom(referenceEngine, drawing, DRAWS, 1)
  const logDensity = traced.logDensity(input('code', [DRAWS, LATENT]))
  const codes = array(Array.from(data), [DRAWS, LATENT])
  const found = await evaluated({ logDensity }, { ...feeds, code: codes })
  const ratios = ratiosToKnown(space, data, found.logDensity)
  return flawUnless(
    isWithin(ratios, 1),
    'density',
    () => `log-densities that ${DRAWS} drawn codes do not have; wanted those of the codes`,
  )
}

/** Noise comes back out of the code that it comes to. */
async function noises(
  { noiseOf, step, width = LATENT }: NonNullable<TracedPrior['draws']>,
  { feeds }: DensityWorld,
): Promise<readonly Flaw[]> {
  const code = step(input('noise', [4, LATENT]), constant(new Array<number>(4 * width).fill(0), [4, width]))
  const back = noiseOf?.(code) ?? code
  const noise = drawn([4, LATENT], 60, -2, 2)
  const found = await evaluated({ back }, { ...feeds, noise })
  return flawUnless(
    found.back.every((x, at) => Math.abs(x - noise.data[at]) < EXACT),
    'noise',
    () => 'other noise than a code was drawn by; wanted the same from noiseOf',
  )
}

async function slopes({ logDensity, parameters, feeds }: DensityWorld): Promise<readonly Flaw[]> {
  const loss = weighted(logDensity)
  const used = inputsOf(loss)
  const moved = parameters.filter(({ name }) => used.includes(name))
  const fed = Object.fromEntries(Object.entries(feeds).filter(([name]) => used.includes(name)))
  const { worst } = await checkGradient(
    loss,
    moved.map(({ name }) => name),
    moved.map(({ tensor }) => tensor),
    fed,
  )
  return flawUnless(
    worst < EXACT,
    'gradient',
    () => `it differs from central differences by ${worst}; wanted at most ${EXACT}`,
  )
}
