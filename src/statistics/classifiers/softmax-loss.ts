/** The loss of softmax regression over a set of rows, its gradient, and products with its curvature. */

/** Rows, the output that each belongs to, and the weight of ½‖w‖² over all weights but the intercepts. */
export interface SoftmaxProblem {
  readonly count: number
  /** Numbers of a row, a last 1 for the intercept included. */
  readonly inputs: number
  readonly outputs: number
  /** `[count, inputs]`. */
  readonly rows: Float64Array
  /** The output of each row; −1 is one more output, whose logit is always 0. */
  readonly targets: Int32Array
  readonly hasReference: boolean
  readonly penalty: number
}

/** Logits `[count, outputs]` of weights `[outputs, inputs]`; four at a time, so that no sum waits for another. */
export function multiply(problem: SoftmaxProblem, weights: Float64Array, logits: Float64Array): void {
  const { count, inputs, outputs, rows } = problem
  for (let row = 0; row < count; row++) {
    const start = row * inputs
    const to = row * outputs
    let output = 0
    for (; output + 3 < outputs; output += 4) {
      const at = output * inputs
      let a = 0
      let b = 0
      let c = 0
      let d = 0
      for (let i = 0; i < inputs; i++) {
        const x = rows[start + i]
        a += x * weights[at + i]
        b += x * weights[at + inputs + i]
        c += x * weights[at + 2 * inputs + i]
        d += x * weights[at + 3 * inputs + i]
      }
      logits[to + output] = a
      logits[to + output + 1] = b
      logits[to + output + 2] = c
      logits[to + output + 3] = d
    }
    for (; output < outputs; output++) {
      let sum = 0
      for (let i = 0; i < inputs; i++) sum += rows[start + i] * weights[output * inputs + i]
      logits[to + output] = sum
    }
  }
}

/** Probabilities of logits, and −Σ log of those of the targets. */
export function soften(problem: SoftmaxProblem, logits: Float64Array, probabilities: Float64Array): number {
  const { count, outputs, targets, hasReference } = problem
  let loss = 0
  for (let row = 0; row < count; row++) {
    const start = row * outputs
    let most = hasReference ? 0 : Number.NEGATIVE_INFINITY
    for (let at = start; at < start + outputs; at++) if (logits[at] > most) most = logits[at]
    let sum = hasReference ? Math.exp(-most) : 0
    for (let at = start; at < start + outputs; at++) {
      probabilities[at] = Math.exp(logits[at] - most)
      sum += probabilities[at]
    }
    for (let at = start; at < start + outputs; at++) probabilities[at] /= sum
    loss += Math.log(sum) + most - (targets[row] < 0 ? 0 : logits[start + targets[row]])
  }
  return loss
}

/** The gradient `[outputs, inputs]` at weights of these probabilities. */
export function gradientOf(
  problem: SoftmaxProblem,
  weights: Float64Array,
  probabilities: Float64Array,
): Float64Array {
  const { count, outputs, targets } = problem
  const residuals = probabilities.slice()
  for (let row = 0; row < count; row++) if (targets[row] >= 0) residuals[row * outputs + targets[row]] -= 1
  return gather(problem, residuals, weights)
}

/** The Hessian at these probabilities times a direction, with its logits: `p ∘ (u − p·u)` row by row. */
export function curvatureTimes(
  problem: SoftmaxProblem,
  direction: Float64Array,
  probabilities: Float64Array,
  logits: Float64Array,
): Float64Array {
  const { count, outputs } = problem
  multiply(problem, direction, logits)
  for (let row = 0; row < count; row++) {
    const start = row * outputs
    let mean = 0
    for (let at = start; at < start + outputs; at++) mean += probabilities[at] * logits[at]
    for (let at = start; at < start + outputs; at++) logits[at] = probabilities[at] * (logits[at] - mean)
  }
  return gather(problem, logits, direction)
}

/** Σ residual · row for each output, and the penalty's share; four rows at a time, so that sums are stored seldom. */
function gather(problem: SoftmaxProblem, residuals: Float64Array, weights: Float64Array): Float64Array {
  const { count, inputs, outputs, rows, penalty } = problem
  const sums = Float64Array.from(weights, (weight, at) => (at % inputs < inputs - 1 ? penalty * weight : 0))
  let row = 0
  for (; row + 3 < count; row += 4) {
    const start = row * inputs
    for (let output = 0; output < outputs; output++) {
      const from = row * outputs + output
      const a = residuals[from]
      const b = residuals[from + outputs]
      const c = residuals[from + 2 * outputs]
      const d = residuals[from + 3 * outputs]
      const at = output * inputs
      for (let i = 0; i < inputs; i++)
        sums[at + i] +=
          a * rows[start + i] +
          b * rows[start + inputs + i] +
          c * rows[start + 2 * inputs + i] +
          d * rows[start + 3 * inputs + i]
    }
  }
  for (; row < count; row++)
    for (let output = 0; output < outputs; output++)
      for (let i = 0; i < inputs; i++)
        sums[output * inputs + i] += residuals[row * outputs + output] * rows[row * inputs + i]
  return sums
}

/** ½‖w‖² without the intercepts, times the penalty. */
export function penaltyOf({ inputs, penalty }: SoftmaxProblem, weights: Float64Array): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) if (at % inputs < inputs - 1) sum += weights[at] * weights[at]
  return (penalty / 2) * sum
}

/** Rows for each weight that tell a block well enough to guide a search by. */
const ROWS_A_WEIGHT = 20

/**
 * About the Hessian's block of each output, `[inputs, inputs]`, its lower triangle: Σ p(1 − p) · row · rowᵀ and the
 * penalty. Of many rows every so many-th stands for those around it.
 */
export function curvatureBlocks(problem: SoftmaxProblem, probabilities: Float64Array): Float64Array[] {
  const { count, inputs, outputs, rows, penalty } = problem
  const size = (inputs * (inputs + 1)) / 2
  const products = new Float64Array(size)
  const sums = new Float64Array(outputs * size)
  const stride = Math.max(1, Math.floor(count / (ROWS_A_WEIGHT * inputs * outputs)))
  for (let row = 0; row < count; row += stride) {
    const start = row * inputs
    for (let i = 0, at = 0; i < inputs; i++)
      for (let j = 0; j <= i; j++) products[at++] = rows[start + i] * rows[start + j]
    for (let output = 0; output < outputs; output++) {
      const p = probabilities[row * outputs + output]
      const spread = stride * p * (1 - p)
      if (spread < 1e-12) continue
      for (let at = 0, to = output * size; at < size; at++, to++) sums[to] += spread * products[at]
    }
  }
  return Array.from({ length: outputs }, (_, output) => {
    const block = new Float64Array(inputs * inputs)
    for (let i = 0, at = output * size; i < inputs; i++)
      for (let j = 0; j <= i; j++) block[i * inputs + j] = sums[at++]
    // The last entry is the intercept's: it pays no penalty, but the block must stay positive definite.
    for (let i = 0; i < inputs; i++) block[i * inputs + i] += (i < inputs - 1 ? penalty : 0) + 1e-9 * count
    return block
  })
}
