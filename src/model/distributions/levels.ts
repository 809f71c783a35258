/** What discrete codes share: variables that are one of their levels each. */
import { fail } from '../../base/errors.ts'
import { add } from '../../graph/ops/add.ts'
import { cast } from '../../graph/ops/cast.ts'
import { clip } from '../../graph/ops/clip.ts'
import { equal } from '../../graph/ops/compare.ts'
import { constant } from '../../graph/ops/constant.ts'
import { detach } from '../../graph/ops/detach.ts'
import { div } from '../../graph/ops/div.ts'
import { maximum } from '../../graph/ops/extremum.ts'
import { hardmax } from '../../graph/ops/hardmax.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { logSoftmax, softmax } from '../../graph/ops/softmax.ts'
import { sub } from '../../graph/ops/sub.ts'
import { broadcastTo, sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Relaxation } from './latent.ts'

/** Half a step of uniform noise, which may be 0. */
const LEAST_SHARE = 2 ** -25
const GREATEST_SHARE = 1 - 2 ** -24
/** A colder softmax is a step to float32. */
const COLDEST = 0.01

/** How many variables of `levels` numbers a code has. Error (usage): `model/latent-size`. */
export function variablesOf(size: number, levels: number, option: string): number {
  if (size % levels === 0) return size / levels
  const near = Math.ceil(size / levels) * levels
  return fail({
    code: 'model/latent-size',
    seen: `a code of ${size} numbers in variables of ${levels}`,
    wanted: `a multiple of ${levels} numbers`,
    fix: `use --latent ${near}, or change ${option}`,
    usage: true,
  })
}

/** 0 … most − 1, the numbers of levels. */
export const numbersUpTo = (most: number): Tensor =>
  constant(
    Array.from({ length: most }, (_, level) => level),
    [most],
  )

/** Numbers of levels [rows, variables] as one-hots [rows, variables, most]. */
export const oneHotOf = (places: Tensor, most: number): Tensor =>
  cast(equal(reshape(places, [...places.shape, 1]), numbersUpTo(most)), 'float32')

/** One-hots [rows, variables, most] as numbers of levels [rows, variables]. */
export const placesIn = (oneHot: Tensor): Tensor =>
  sum(mul(oneHot, numbersUpTo(oneHot.shape[2] as number)), [2])

/** Uniform noise in (0, 1). */
export const shares = (noise: Tensor): Tensor => clip(noise, LEAST_SHARE, GREATEST_SHARE)

/** Gumbel noise −log(−log u) of uniform noise u. Jang et al. 2017, section 2. */
export const gumbel = (noise: Tensor): Tensor => neg(log(neg(log(shares(noise)))))

/** Divides by a temperature, of which none is colder than 0.01. */
export const heated = (x: Tensor, relaxation: Relaxation | undefined): Tensor =>
  relaxation ? div(x, maximum(relaxation.temperature, COLDEST)) : x

/** The value of `hard`, with the gradient of `soft`. Bengio et al. 2013. */
export const straightThrough = (hard: Tensor, soft: Tensor): Tensor => add(hard, sub(soft, detach(soft)))

/** Log-probabilities [rows, variables · levels] of what a layer says of each level. */
export const logProbabilities = (raw: Tensor, levels: number): Tensor =>
  reshape(logSoftmax(byVariable(raw, levels)), raw.shape)

/** [rows, variables · levels] to [rows, variables, levels]. */
export const byVariable = (x: Tensor, levels: number): Tensor =>
  reshape(x, [x.shape[0], (x.shape[1] as number) / levels, levels])

/** The most probable level of each variable, as one-hots. */
export const modes = (x: Tensor, levels: number): Tensor => reshape(hardmax(byVariable(x, levels)), x.shape)

/** Draws of categorical variables: those of the model itself (`hard`), and what the decoder is given. */
export function drawLevels(
  logProbability: Tensor,
  noise: Tensor,
  levels: number,
  relaxation: Relaxation | undefined,
): { readonly hard: Tensor; readonly code: Tensor } {
  const noisy = byVariable(add(logProbability, noise), levels)
  const hard = reshape(hardmax(noisy), logProbability.shape)
  const soft = reshape(softmax(heated(noisy, relaxation)), logProbability.shape)
  const isSoft = relaxation !== undefined && !relaxation.hard
  return { hard, code: isSoft ? soft : straightThrough(hard, soft) }
}

/** KL to uniform levels in nats [rows, variables · levels]: a variable's is shared alike by its columns. Jang et al. 2017. */
export function klToUniform(logProbability: Tensor, levels: number): Tensor {
  const [rows, size] = logProbability.shape
  const log = byVariable(logProbability, levels)
  const each = sum(mul(softmax(log), add(log, Math.log(levels))), [2], true)
  return reshape(broadcastTo(mul(each, 1 / levels), log.shape), [rows, size])
}
