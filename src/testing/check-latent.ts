import * as z from 'zod/mini'
import { LOG_TWO_PI } from '../base/math/normal.ts'
import { streams } from '../base/random.ts'
import type { Feeds } from '../engine/engine.ts'
import { gradient } from '../graph/gradient.ts'
import { input } from '../graph/ops/input.ts'
import type { Tensor } from '../graph/tensor.ts'
import { add, constant, mul, square, sub, sumPerExample } from '../graph/vocabulary.ts'
import { klToStandardNormal } from '../model/distributions/gaussian.ts'
import type { Coding, Generative, Latent, Training } from '../model/distributions/latent.ts'
import { fillNoise, type NoiseNeed } from '../model/noise.ts'
import type { Layers } from '../model/parameters.ts'
import { allPriors } from '../model/priors/index.ts'
import { type PriorContext, tracedPrior } from '../model/priors/prior.ts'
import { EUCLIDEAN } from '../model/spaces.ts'
import { newTrace } from '../model/trace.ts'
import { apart, array, drawn, evaluated, inputsOf } from './evaluated.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { isWithin, ratiosToKnown } from './known-density.ts'
import { checkGradient, weighted } from './probing.ts'
import { smallOptions } from './small-options.ts'
import { wordsFlaws } from './words.ts'

/** Numbers of a code, where the latent takes any; of these noise tells the density. */
const SIZE = 3
const WIDTH = 4
const EXACT = 1e-7
const H = 1e-5
/** Codes whose mean stands for an expectation. */
const DRAWS = 4096

/** The least size that fits, from three on. */
function sizeFor(latent: Latent, options: unknown): number {
  const { least, step } = latent.sizes?.(options) ?? { least: SIZE, step: 1 }
  return least + step * Math.max(0, Math.ceil((SIZE - least) / step))
}

/** A temperature, and nothing else of a training. */
const relaxed: Training = {
  relaxation: { temperature: constant(0.7), hard: false },
  draw: (name, kind, shape) => input(name, shape, kind === 'permutation' ? 'int32' : 'float32'),
  replace: () => undefined,
}

/** A model whose codes are told of by what it decodes: p(x, z) ∝ N(z; 0, I) exp(−(z − 0.5)⁴). */
const modelOf = (layers: Layers): Generative => ({
  layers,
  logJoint(code) {
    const away = square(sub(code, 0.5))
    return mul(sumPerExample(add(mul(square(code), 0.5), square(away))), -1)
  },
})

/** A kind of code over features [rows, 4], with drawn parameters; every row has the same features. */
function latentWorld(latent: Latent, rows: number) {
  const options = z.parse(latent.options, smallOptions(latent.options))
  const trace = newTrace()
  const layers = trace.layers('encoder')
  const size = sizeFor(latent, options)
  const statistics = latent.statistics(input('features', [rows, WIDTH]), size, layers, options)
  const space = latent.space?.(size, options) ?? EUCLIDEAN
  const need: NoiseNeed = latent.noise?.(size, options) ?? { kind: 'normal', width: size }
  const noise = input('noise', [rows, need.width])
  const generative = modelOf(trace.layers('decoder'))
  const own = latent.draw(statistics, noise, layers, options, undefined, generative)
  const { code, logDensity } = own
  const smooth = latent.relaxes ? latent.draw(statistics, noise, layers, options, relaxed).code : code
  const center = latent.center(statistics, layers, options, generative)
  const feeds: Feeds = {
    features: array(
      Array.from({ length: rows * WIDTH }, (_, i) => Math.sin(i % WIDTH)),
      [rows, WIDTH],
    ),
    noise: {
      data: Float64Array.from(
        fillNoise(need.kind, new Float32Array(rows * need.width), {
          seed: 3,
          stream: streams.evaluation,
          step: 0,
        }),
      ),
      shape: [rows, need.width],
    },
    ...Object.fromEntries(trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i)])),
  }
  const projected = latent.project?.(code, options, layers) ?? code
  const kl = own.kl ?? latent.kl?.(statistics, layers, options)
  const levels = latent.levels?.(size, options)
  const traced = { statistics, code, smooth, logDensity, center, projected, kl, levels }
  const reading = latent.coding && codingOf(latent.coding, layers, options)
  return { options, size, space, need, ...traced, reading, feeds, parameters: trace.parameters }
}

type LatentWorld = ReturnType<typeof latentWorld>

/** Whether codes are those of the density that goes with them, and their gradient is theirs. */
export async function checkLatent(latent: Latent): Promise<readonly Flaw[]> {
  const found = [
    await flawsOf('words', async () => [
      ...wordsFlaws(latent, latentWorld(latent, 2).options),
      ...forms(latent, latentWorld(latent, 2)),
    ]),
  ]
  if (found.flat().length > 0) return found.flat()
  found.push(
    await flawsOf('gradient', () => (latent.roundsCodes ? passing : slopes)(latentWorld(latent, 2))),
    await flawsOf('center', () => centers(latent, latentWorld(latent, DRAWS))),
  )
  if (latent.project) found.push(await flawsOf('project', () => projections(latentWorld(latent, DRAWS))))
  const { kl, space, need } = latentWorld(latent, 2)
  if (latent.stochastic) {
    // A code of as many numbers as its noise has the noise's density, by how much it is stretched; of others draws tell.
    const isStretched = space.kind === 'euclidean' && need.kind === 'normal' && need.width === SIZE
    const check = isStretched
      ? () => densities(latentWorld(latent, 2))
      : () => wholes(latentWorld(latent, DRAWS))
    found.push(await flawsOf('density', check))
  }
  if (latent.gaussian || kl) found.push(await flawsOf('kl', () => divergence(latentWorld(latent, DRAWS))))
  return found.flat()
}

const isOf = (tensor: Tensor | undefined, ...shape: number[]): boolean =>
  tensor !== undefined && JSON.stringify(tensor.shape) === JSON.stringify(shape)

function forms(latent: Latent, { size, statistics, code, logDensity, center, levels }: LatentWorld): Flaw[] {
  return [
    ...flawUnless(
      levels === undefined || levels.reduce((sum, level) => sum + level.size, 0) === size,
      'levels',
      () => `levels of ${levels?.map((level) => level.size).join(' and ')} numbers; wanted ${size} in all`,
    ),
    ...flawUnless(
      isOf(code, 2, size) && isOf(center, 2, size),
      'shape',
      () => `codes [${code.shape}] and centers [${center.shape}] of 2 rows; wanted [2, ${size}]`,
    ),
    ...flawUnless(
      statistics.mean !== undefined && (!latent.gaussian || isOf(statistics.logVariance, 2, size)),
      'statistics',
      () => `${Object.keys(statistics).join(', ')}; wanted mean, and logVariance of a Gaussian`,
    ),
    ...flawUnless(
      latent.stochastic ? isOf(logDensity, 2) : logDensity === undefined,
      'density',
      () => `logDensity [${logDensity?.shape}]; wanted [rows] where codes are drawn, and none elsewhere`,
    ),
  ]
}

/** Codes stay where they are when they are moved into their space. */
async function projections({ code, projected, feeds }: LatentWorld): Promise<readonly Flaw[]> {
  const found = await evaluated({ code, projected }, feeds)
  return flawUnless(
    apart(found.projected, found.code) < EXACT,
    'project',
    () => 'codes that it moves; wanted drawn codes to stay as they are',
  )
}

/** The mean of r/q at draws of q is 1 for another density r of their space, if q is theirs. */
async function wholes({ space, need, code, logDensity, feeds }: LatentWorld): Promise<readonly Flaw[]> {
  const found = await evaluated({ code, logDensity: logDensity as Tensor }, feeds)
  // A code that nothing draws is certain, and others do not have its density.
  if (need.width === 0)
    return flawUnless(
      found.logDensity.every((log) => log === 0),
      'density',
      () => 'log-densities other than 0 of codes that nothing draws; wanted 0',
    )
  const ratios = ratiosToKnown(space, found.code, found.logDensity)
  return flawUnless(
    isWithin(ratios, 1),
    'density',
    () => `log-densities that ${DRAWS} drawn codes do not have; wanted those of the codes`,
  )
}

/** Where codes are rounded, gradients of another function: there they are, and finite. */
async function passing({ code, parameters, feeds }: LatentWorld): Promise<readonly Flaw[]> {
  const slopes = gradient(
    weighted(code),
    parameters.map(({ tensor }) => tensor),
  )
  const found = await evaluated(Object.fromEntries(slopes.map((slope, i) => [`slope${i}`, slope])), feeds)
  const all = Object.values(found).flatMap((slope) => [...slope])
  return flawUnless(
    all.every(Number.isFinite) && all.some((slope) => slope !== 0),
    'gradient',
    () => 'none that is finite and not 0; wanted gradients that pass through to the encoder',
  )
}

async function slopes({ smooth, logDensity, parameters, feeds }: LatentWorld): Promise<readonly Flaw[]> {
  const loss = logDensity ? add(weighted(smooth), weighted(logDensity, 5)) : weighted(smooth)
  const used = inputsOf(loss)
  const moved = parameters.filter(({ name }) => used.includes(name))
  const { worst, probesVary } = await checkGradient(
    loss,
    moved.map(({ name }) => name),
    moved.map(({ tensor }) => tensor),
    Object.fromEntries(Object.entries(feeds).filter(([name]) => used.includes(name))),
  )
  return [
    ...flawUnless(
      worst < EXACT,
      'gradient',
      () => `it differs from central differences by ${worst}; wanted at most ${EXACT}`,
    ),
    ...flawUnless(probesVary, 'gradient', () => 'no parameter moves a code; wanted codes of the features'),
  ]
}

/** The code that stands for an example is the mean of its codes, or that of no noise. */
async function centers(latent: Latent, world: LatentWorld): Promise<readonly Flaw[]> {
  const { code, center, feeds } = world
  const { width } = world.need
  const { size } = world
  const quiet = { ...feeds, noise: array(new Array<number>(DRAWS * width).fill(0), [DRAWS, width]) }
  const of = await evaluated({ center, code }, quiet)
  const drawnCodes = (await evaluated({ code }, feeds)).code
  if (!latent.stochastic)
    return flawUnless(
      apart(drawnCodes, of.code) === 0 && apart(of.center, of.code) < EXACT,
      'center',
      () => 'codes that noise moves, or other ones than its centers; wanted one code for an example',
    )
  const isMean = Array.from({ length: size }, (_, at) => {
    const column = Array.from({ length: DRAWS }, (_, row) => drawnCodes[row * size + at])
    return isWithin(column, of.center[at])
  }).every(Boolean)
  // On a curved space the mean lies elsewhere, and no noise may be none.
  if (world.space.kind !== 'euclidean' || world.need.kind !== 'normal') return []
  return flawUnless(
    isMean || apart(of.center, of.code) < EXACT,
    'center',
    () => 'neither the mean of the codes nor the code of no noise; wanted one of them',
  )
}

/** Codes are a function of noise that is N(0, I): their density is the noise's, by how much the function stretches. */
async function densities({ code, logDensity, feeds }: LatentWorld): Promise<readonly Flaw[]> {
  const { data } = feeds.noise
  const at = async (column: number, delta: number) => {
    const moved = Float64Array.from(data, (value, i) => (i % SIZE === column ? value + delta : value))
    return (await evaluated({ code }, { ...feeds, noise: { data: moved, shape: feeds.noise.shape } })).code
  }
  const columns = await Promise.all(
    Array.from({ length: SIZE }, async (_, column) => {
      const [above, below] = [await at(column, H), await at(column, -H)]
      return above.map((value, i) => (value - below[i]) / (2 * H))
    }),
  )
  const wanted = [0, 1].map((row) => {
    const noise = Array.from(data).slice(row * SIZE, (row + 1) * SIZE)
    const log = noise.reduce((sum, value) => sum - (value ** 2 + LOG_TWO_PI) / 2, 0)
    return (
      log -
      Math.log(
        Math.abs(determinant(columns.map((column) => [...column.slice(row * SIZE, (row + 1) * SIZE)]))),
      )
    )
  })
  const found = (await evaluated({ logDensity: logDensity as Tensor }, feeds)).logDensity
  return flawUnless(
    apart(found, wanted) < 1e-6,
    'density',
    () => `log-densities ${[...found].join(', ')} of codes that have ${wanted.join(', ')}; wanted these`,
  )
}

/** Of a matrix of three rows. */
const determinant = ([[a, b, c], [d, e, f], [g, h, i]]: readonly (readonly number[])[]): number =>
  a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)

/** The mean of log q − log p at drawn codes is the KL that is computed in closed form. */
async function divergence(world: LatentWorld): Promise<readonly Flaw[]> {
  const { space, statistics, code, logDensity, feeds } = world
  const prior = allPriors.find(
    (own) => (own.isStandard ?? own.isReference) && (own.space ?? 'euclidean') === space.kind,
  )
  if (!prior) return []
  const traced = tracedPrior(prior, contextOf(world), z.parse(prior.options, {}))
  const each = world.kl ?? klToStandardNormal(statistics.mean, statistics.logVariance)
  const kl = each.shape.length === 1 ? each : sumPerExample(each)
  const logPrior = traced.logDensity(code)
  const found = await evaluated({ kl, logPrior, logDensity: logDensity as Tensor }, feeds)
  const beyond = Array.from(found.logDensity, (log, i) => log - found.logPrior[i] - found.kl[i])
  return flawUnless(
    isWithin(beyond, 0),
    'kl',
    () => `${found.kl[0]} nats in closed form, and another mean of ${DRAWS} draws; wanted one number`,
  )
}

const codingOf = (
  { read, write }: Coding<unknown>,
  layers: Layers,
  options: unknown,
): NonNullable<PriorContext['coding']> => ({
  read: (code) => read(code, layers, options),
  write: (oneHot) => write(oneHot, layers, options),
})

const contextOf = ({ size, space, reading }: LatentWorld): PriorContext => ({
  latent: size,
  space,
  exampleShape: [WIDTH],
  layers: newTrace().layers('prior'),
  unitInterval: true,
  encode: () => ({}),
  ...(reading ? { coding: reading } : {}),
})
