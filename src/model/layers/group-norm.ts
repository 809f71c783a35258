import { fail } from '../../base/errors.ts'
import { concrete } from '../../base/shape.ts'
import { mean, square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { div } from '../../graph/ops/div.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { Declare } from '../parameters.ts'

/** Keeps 0/0 away where a group is constant; PyTorch's default. */
const VARIANCE_FLOOR = 1e-5

/**
 * Group normalization of [batch, channels, h, w]: each example's groups of channels get mean 0 and variance 1, then
 * each channel a learned scale and shift. Wu & He 2018, eq. 1 and 7.
 *
 * The scale is 1 + `scaleOffset`, so that all its parameters start at zeros and weight decay pulls it to 1.
 * Errors: `model/groups`.
 */
export function groupNorm(x: Tensor, groups: number, declare: Declare): Tensor {
  const [channels, height, width] = concrete(x.shape.slice(1), 'group normalization')
  if (channels % groups !== 0)
    fail({
      code: 'model/groups',
      seen: `${groups} groups of ${channels} channels`,
      wanted: 'a number of groups that divides every width',
      fix: `use --groups ${commonDivisor(groups, channels)}, or widths that are multiples of ${groups}`,
      usage: true,
    })
  const byGroup = [groups, channels / groups, 1]
  const perChannel = (name: string) => reshape(declare(name, [channels], 0), byGroup)
  const grouped = reshape(x, [x.shape[0], groups, channels / groups, height * width])
  const centered = sub(grouped, mean(grouped, [2, 3], true))
  const deviation = sqrt(add(mean(square(centered), [2, 3], true), VARIANCE_FLOOR))
  // Scale and deviation meet before they meet the image, which is then passed over once.
  const scale = div(add(perChannel('scaleOffset'), 1), deviation)
  return reshape(add(mul(centered, scale), perChannel('shift')), x.shape)
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))
