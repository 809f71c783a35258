import { square } from '../../graph/functions.ts'
import { gradient } from '../../graph/gradient.ts'
import { add } from '../../graph/ops/add.ts'
import { detach } from '../../graph/ops/detach.ts'
import { div } from '../../graph/ops/div.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** A code and its momentum [rows, latent] each. */
export interface Phase {
  readonly code: Tensor
  readonly momentum: Tensor
}

/** What the momentum is multiplied by after step `at`, a scalar. */
export type Temper = (at: number) => Tensor | undefined

/** No step changes a momentum by more, in any dimension: momenta are about 1. */
const GREATEST_KICK = 4

/** x near 0, and never beyond ±4. */
const held = (x: Tensor): Tensor => div(x, sqrt(add(mul(square(x), 1 / GREATEST_KICK ** 2), 1)))

/**
 * Leapfrog steps along H(z, ρ) = −log p(x, z) + ½‖ρ‖²: they keep volumes and can be gone back, by the same steps with the
 * momentum turned around. After each the momentum may be tempered, which shrinks volumes by the factor in every dimension.
 * Neal 2011, eq. 2.28 to 2.30; Caterini et al. 2018, section 3.
 *
 * Where log p(x, z) is steep, steps of a given size run away. So what a slope does to a momentum is held within bounds: a step
 * along any function of the code keeps volumes and can be gone back as well.
 *
 * `logJoint` gives log p(x, z) [rows] of codes [rows, latent], row by row; `size` is the step in each dimension [latent].
 */
export function leapfrog(
  start: Phase,
  steps: number,
  size: Tensor,
  logJoint: (code: Tensor) => Tensor,
  temper: Temper = () => undefined,
): Phase {
  const kickAt = (code: Tensor): Tensor => {
    // A 1 for each row, made of the row: however many rows there will be, what spreads over them has their extent.
    const ones = add(mul(detach(sum(code, [1])), 0), 1)
    return held(mul(gradient(sum(mul(logJoint(code), ones)), [code])[0], size))
  }
  let { code, momentum } = start
  let kick = kickAt(code)
  for (let at = 0; at < steps; at++) {
    const halfway = add(momentum, mul(kick, 0.5))
    code = add(code, mul(halfway, size))
    kick = kickAt(code)
    momentum = add(halfway, mul(kick, 0.5))
    const factor = temper(at)
    if (factor) momentum = mul(momentum, factor)
  }
  return { code, momentum }
}
