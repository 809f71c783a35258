import { readFileSync } from 'node:fs'
import { type Assignment, layersOf } from './workloads.ts'

/**
 * The first step's loss in float64, nats per example, with the noise left out (at the starting point
 * it moves the loss by a fraction of a nat): what every contestant's first answer is held against.
 */
export function firstLoss(assignment: Assignment): number {
  const { batch, sizes } = assignment
  const file = readFileSync(assignment.parameters)
  const flat = new Float32Array(file.buffer, file.byteOffset, file.byteLength / 4)
  let at = 0
  const [first, mean, logVariance, second, output] = layersOf(assignment).map(([from, to]) => {
    at += (from + 1) * to
    return {
      from,
      to,
      weights: flat.subarray(at - (from + 1) * to, at - to),
      bias: flat.subarray(at - to, at),
    }
  })
  const pixels = readFileSync(assignment.batches).subarray(0, batch * sizes[0])
  const x = Float64Array.from(pixels, (byte) => byte / 255)
  const hidden = relu(linear(x, first))
  const code = linear(hidden, mean)
  const variances = linear(hidden, logVariance)
  const logits = linear(relu(linear(code, second)), output)
  let loss = 0
  logits.forEach((l, i) => {
    loss += Math.max(l, 0) - x[i] * l + Math.log1p(Math.exp(-Math.abs(l)))
  })
  code.forEach((m, i) => {
    loss += 0.5 * (m * m + Math.exp(variances[i]) - 1 - variances[i])
  })
  return loss / batch
}

interface Layer {
  readonly from: number
  readonly to: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

function linear(x: Float64Array, { from, to, weights, bias }: Layer): Float64Array {
  const rows = x.length / from
  const out = new Float64Array(rows * to)
  for (let row = 0; row < rows; row++) {
    const target = out.subarray(row * to, (row + 1) * to)
    target.set(bias)
    for (let i = 0; i < from; i++) {
      const value = x[row * from + i]
      for (let j = 0; j < to; j++) target[j] += value * weights[i * to + j]
    }
  }
  return out
}

const relu = (values: Float64Array): Float64Array => values.map((value) => Math.max(value, 0))
