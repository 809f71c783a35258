import * as z from 'zod/mini'
import type { Likelihood } from '../model/likelihoods/likelihood.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { checkGradient, weighted } from './probing.ts'
import { smallOptions } from './small-options.ts'
import { densityWorld, domainOf, type LikelihoodCase, losses, outputOf } from './traced-density.ts'
import { wordsFlaws } from './words.ts'

/** Largest difference of a derivative, relative to 1 + |derivative|. */
const EXACT = 1e-7
/** What sums over a grid may miss of a whole, or of a mean: tails that are far out. */
const SUMMED = 0.01

const sum = (xs: ArrayLike<number>): number => Array.from(xs).reduce((a, b) => a + b, 0)

/** Whether a likelihood is a distribution of examples, its center is its own, and its gradient that of its nats. */
export async function checkLikelihood(kind: Likelihood): Promise<readonly Flaw[]> {
  const each: LikelihoodCase = { kind, options: z.parse(kind.options, smallOptions(kind.options)) }
  const found = await Promise.all([
    flawsOf('words', async () => words(each)),
    ...[-1, 0.5].map((center) => flawsOf('density', () => distribution(each, center))),
    flawsOf('gradient', () => slopes(each)),
  ])
  return found.flat()
}

function words({ kind, options }: LikelihoodCase): Flaw[] {
  const { holds, wanted } = kind.support(options)
  const { xs } = domainOf({ kind, options })
  return [
    ...wordsFlaws(kind, options),
    ...flawUnless(
      wanted.length > 5 && xs.length > 0 && xs.every(holds),
      'support',
      () => `"${wanted}", which does not hold what its marks (isUnit, isBinary, isWhole) say; wanted one set`,
    ),
    ...flawUnless(
      [1, 2, 3].every((first) => kind.outputs(first, options) === first * kind.outputs(1, options)),
      'outputs',
      () =>
        `${kind.outputs(1, options)} and ${kind.outputs(2, options)} numbers for 1 and 2 entries; wanted twice as many`,
    ),
  ]
}

/** Everything that an entry can be, with what it costs, where the decoder says `at`. */
async function distribution(each: LikelihoodCase, at: number): Promise<readonly Flaw[]> {
  const { kind, options } = each
  const { xs, widths } = domainOf(each)
  const { loss, center } = await losses(each, outputOf(each, at), xs, { learned: 0.3 })
  const mass = loss.map((nats, i) => Math.exp(-nats - kind.omitted(options)) * widths[i])
  const mean = sum(mass.map((share, i) => share * xs[i])) / sum(mass)
  const least = Math.min(...loss)
  const mode = xs[loss.indexOf(least)]
  const isNear = (place: number) => Math.abs(center - place) <= SUMMED * (1 + Math.abs(place))
  const variance = kind.variance(options)
  return [
    ...flawUnless(
      Math.abs(sum(mass) - 1) < SUMMED,
      'density',
      () =>
        `its probabilities add to ${sum(mass)} where the decoder says ${at}; wanted 1, with what it omits`,
    ),
    ...flawUnless(
      isNear(mean) || isNear(mode),
      'center',
      () => `${center} for a mean of ${mean} and a mode of ${mode}; wanted one of them`,
    ),
    ...flawUnless(
      variance === undefined ||
        xs.every((x, i) => Math.abs(x) > 9 || isSquare(loss[i] - least, x - center, variance)),
      'variance',
      () => `${variance}, though it is no Gaussian of that variance; wanted undefined, or σ²`,
    ),
  ]
}

/** Whether nats are those of a Gaussian, but for how finely the least of them was looked for. */
const isSquare = (nats: number, distance: number, variance: number): boolean =>
  Math.abs(nats - distance ** 2 / (2 * variance)) < 1e-3 * (1 + nats)

/** The gradient with respect to what the decoder says and to parameters of its own. */
async function slopes(each: LikelihoodCase): Promise<readonly Flaw[]> {
  const { loss, output, parameters, replacements, feeds } = densityWorld(each)
  const moved = parameters.filter((parameter) => !replacements.has(parameter))
  const leaves = [output, ...moved.map(({ tensor }) => tensor)]
  const names = ['output', ...moved.map(({ name }) => name)]
  const { worst, probesVary } = await checkGradient(weighted(loss), names, leaves, feeds)
  return [
    ...flawUnless(
      worst < EXACT,
      'gradient',
      () => `it differs from central differences by ${worst}; wanted at most ${EXACT}`,
    ),
    ...flawUnless(probesVary, 'gradient', () => 'what the decoder says moves nothing; wanted a loss of it'),
  ]
}
