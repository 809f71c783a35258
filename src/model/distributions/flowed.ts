import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { slice } from '../../graph/ops/slice.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { dense } from '../layers/dense.ts'
import { gaussian } from './gaussian.ts'
import { defineLatent, type Statistics } from './latent.ts'

/** A code that was moved, and by how much space shrank there: −log |det ∂moved/∂code| in nats [rows]. */
export interface Moved {
  readonly code: Tensor
  /** Absent where volumes stay. */
  readonly shrinkage?: Tensor
}

/** One transformation of codes [rows, size] by its numbers [rows, width]. */
type Move = (code: Tensor, parameters: Tensor) => Moved

/** One kind of transformation of the code, whose parameters the encoder says for each example. */
interface FlowKind<Name extends string> {
  readonly name: Name
  readonly summary: string
  readonly paper: string
  /** Transformations one after another, where nothing is said. */
  readonly steps: number
  /** Numbers that one transformation of codes of that many dimensions takes. */
  width(size: number): number
  readonly move: Move
}

/**
 * A diagonal Gaussian whose draws pass through invertible steps, so that log q falls by Σ log |det|. Rezende & Mohamed
 * 2015, eq. 13; every step has parameters of its own for every example.
 */
export const flowedLatent = <const Name extends string>({
  name,
  summary,
  paper,
  steps: standard,
  width,
  move,
}: FlowKind<Name>) =>
  defineLatent({
    name,
    summary,
    paper,
    options: z.strictObject({
      steps: z._default(
        z
          .int()
          .check(z.positive(), z.maximum(1000), z.describe('transformations of the code, one after another')),
        standard,
      ),
    }),
    stochastic: true,
    gaussian: false,
    statistics: (features, size, layers, { steps }) => ({
      ...gaussian.statistics(features, size, layers, {}),
      flow: dense(features, steps * width(size), layers('flow')),
    }),
    draw(statistics, noise, layers, { steps }) {
      const start = gaussian.draw(statistics, noise, layers, {})
      const { code, shrinkage } = moveAll(start.code, statistics, steps, move)
      const logDensity = start.logDensity as Tensor
      return { code, logDensity: shrinkage ? add(logDensity, shrinkage) : logDensity }
    },
    center: (statistics, _, { steps }) => moveAll(statistics.mean, statistics, steps, move).code,
  })

/** The code after every step. */
function moveAll(start: Tensor, { flow }: Statistics, steps: number, move: Move): Moved {
  const each = (flow.shape[1] as number) / steps
  let code = start
  let shrinkage: Tensor | undefined
  for (let step = 0; step < steps; step++) {
    const moved = move(code, slice(flow, 1, step * each, (step + 1) * each))
    code = moved.code
    shrinkage =
      shrinkage && moved.shrinkage ? add(shrinkage, moved.shrinkage) : (moved.shrinkage ?? shrinkage)
  }
  return { code, ...(shrinkage ? { shrinkage } : {}) }
}
