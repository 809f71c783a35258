import { cholesky, solveLower, solveLowerTransposed } from '../../base/math/cholesky.ts'
import { dot } from '../../base/math/sums.ts'
import { nextTurn } from '../../base/yielding.ts'
import {
  curvatureBlocks,
  curvatureTimes,
  gradientOf,
  multiply,
  penaltyOf,
  type SoftmaxProblem,
  soften,
} from './softmax-loss.ts'

/** Rows of numbers `[count, width]`. */
export interface NumberRows {
  readonly count: number
  readonly width: number
  readonly rows: Float64Array
}

/** Rows, and the class of each. */
export interface ClassifiedRows extends NumberRows {
  readonly labels: Int32Array
  readonly classes: number
}

/** A fitted multinomial logistic regression. */
export interface LogisticModel {
  readonly classes: number
  /** Classes that the training rows had, in order; others have probability 0. */
  readonly present: readonly number[]
  readonly inputs: number
  /**
   * `[outputs, width + 1]`, the intercept last; an output for each present class, but a single one for two classes: it
   * is the log odds of the second.
   */
  readonly weights: Float64Array
}

export interface LogisticOptions {
  /** Weight of ½‖w‖² beside the summed loss: scikit-learn's 1/C. Intercepts pay nothing. */
  readonly penalty?: number
  /** Largest entry of the mean loss's gradient at the end. */
  readonly tolerance?: number
  readonly signal?: AbortSignal
}

const MOST_STEPS = 100
const MOST_INNER_STEPS = 200

/**
 * Multinomial logistic regression with an L2 penalty, as scikit-learn's `LogisticRegression()`, to its optimum.
 *
 * Newton's method, whose equations are solved by conjugate gradients, preconditioned by the Hessian's blocks.
 */
export async function fitLogistic(
  data: ClassifiedRows,
  { penalty = 1, tolerance = 1e-5, signal }: LogisticOptions = {},
): Promise<LogisticModel> {
  const present = presentClasses(data)
  const problem = problemOf(data, present, penalty)
  const { count, inputs, outputs } = problem
  const weights = new Float64Array(outputs * inputs)
  const state: Descent = {
    weights,
    logits: new Float64Array(count * outputs),
    probabilities: new Float64Array(count * outputs),
    scratch: new Float64Array(count * outputs),
    loss: 0,
  }
  state.loss = soften(problem, state.logits, state.probabilities)
  for (let step = 0; step < MOST_STEPS && outputs > 0; step++) {
    const gradient = gradientOf(problem, state.weights, state.probabilities)
    const steepest = gradient.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0) / count
    if (steepest <= tolerance) break
    const direction = await newtonDirection(
      problem,
      state,
      gradient,
      Math.min(0.1, Math.sqrt(steepest)),
      signal,
    )
    if (!descend(problem, state, gradient, direction)) break
  }
  return { classes: data.classes, present, inputs, weights: state.weights }
}

/** Where the descent stands; its arrays are written in place. */
interface Descent {
  readonly weights: Float64Array
  readonly logits: Float64Array
  readonly probabilities: Float64Array
  readonly scratch: Float64Array
  loss: number
}

function presentClasses({ labels, classes }: ClassifiedRows): number[] {
  const seen = new Uint8Array(classes)
  for (const label of labels) seen[label] = 1
  return Array.from(seen.keys()).filter((label) => seen[label] === 1)
}

function problemOf(data: ClassifiedRows, present: readonly number[], penalty: number): SoftmaxProblem {
  const { count, labels, classes } = data
  const hasReference = present.length <= 2
  const places = new Int32Array(classes)
  present.forEach((label, place) => {
    places[label] = hasReference ? place - 1 : place
  })
  return {
    count,
    inputs: data.width + 1,
    outputs: hasReference ? present.length - 1 : present.length,
    rows: withOnes(data),
    targets: labels.map((label) => places[label]),
    hasReference,
    penalty,
  }
}

function withOnes({ count, width, rows }: NumberRows): Float64Array {
  const wider = new Float64Array(count * (width + 1)).fill(1)
  for (let row = 0; row < count; row++)
    wider.set(rows.subarray(row * width, (row + 1) * width), row * (width + 1))
  return wider
}

/** Solves H·d = −g until the residual, as the preconditioner measures it, has shrunk to `accuracy`. */
async function newtonDirection(
  problem: SoftmaxProblem,
  { probabilities, scratch }: Descent,
  gradient: Float64Array,
  accuracy: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { inputs } = problem
  const factors = curvatureBlocks(problem, probabilities).map((block) => cholesky(block, inputs))
  const precondition = (vector: Float64Array) => solveBlocks(factors, inputs, vector)
  const direction = new Float64Array(gradient.length)
  const residual = gradient.map((entry) => -entry)
  let solved = precondition(residual)
  const search = solved.slice()
  let size = dot(residual, solved)
  const enough = size * accuracy * accuracy
  for (let step = 0; step < MOST_INNER_STEPS && size > enough; step++) {
    await nextTurn()
    signal?.throwIfAborted()
    const curved = curvatureTimes(problem, search, probabilities, scratch)
    const along = dot(search, curved)
    // Adding one number to all intercepts changes nothing: there the Hessian is flat.
    if (along <= 1e-14 * size) break
    for (let i = 0; i < direction.length; i++) {
      direction[i] += (size / along) * search[i]
      residual[i] -= (size / along) * curved[i]
    }
    solved = precondition(residual)
    const next = dot(residual, solved)
    for (let i = 0; i < search.length; i++) search[i] = solved[i] + (next / size) * search[i]
    size = next
  }
  return direction
}

function solveBlocks(factors: readonly Float64Array[], inputs: number, vector: Float64Array): Float64Array {
  const solved = vector.slice()
  factors.forEach((factor, output) => {
    const part = solved.subarray(output * inputs, (output + 1) * inputs)
    solveLower(factor, inputs, part)
    solveLowerTransposed(factor, inputs, part)
  })
  return solved
}

/** Goes along a direction, by halves until the loss falls enough (Armijo); false where it cannot fall any more. */
function descend(
  problem: SoftmaxProblem,
  state: Descent,
  gradient: Float64Array,
  direction: Float64Array,
): boolean {
  const { weights, logits, probabilities, scratch } = state
  const slope = dot(gradient, direction)
  multiply(problem, direction, scratch)
  for (let length = 1; length > 1e-10; length /= 2) {
    const moved = weights.map((weight, i) => weight + length * direction[i])
    const there = logits.map((logit, i) => logit + length * scratch[i])
    const loss = soften(problem, there, probabilities) + penaltyOf(problem, moved)
    if (loss > state.loss + 1e-4 * length * slope) continue
    weights.set(moved)
    logits.set(there)
    state.loss = loss
    return true
  }
  return false
}

/** Probabilities `[count, classes]`. */
export function probabilitiesOf(model: LogisticModel, data: NumberRows): Float64Array {
  const { classes, present, inputs, weights } = model
  const outputs = weights.length / inputs
  const hasReference = present.length <= 2
  const problem: SoftmaxProblem = {
    count: data.count,
    inputs,
    outputs,
    rows: withOnes(data),
    targets: new Int32Array(data.count).fill(-1),
    hasReference,
    penalty: 0,
  }
  const own = new Float64Array(data.count * outputs)
  multiply(problem, weights, own)
  soften(problem, own, own)
  const all = new Float64Array(data.count * classes)
  for (let row = 0; row < data.count; row++) {
    let left = 1
    for (let output = 0; output < outputs; output++) {
      const p = own[row * outputs + output]
      all[row * classes + present[hasReference ? output + 1 : output]] = p
      left -= p
    }
    if (hasReference) all[row * classes + present[0]] = left
  }
  return all
}

/** The most probable class of each row. */
export function predictedClasses(model: LogisticModel, data: NumberRows): Int32Array {
  const { classes } = model
  const probabilities = probabilitiesOf(model, data)
  return Int32Array.from({ length: data.count }, (_, row) => {
    let best = 0
    for (let label = 1; label < classes; label++)
      if (probabilities[row * classes + label] > probabilities[row * classes + best]) best = label
    return best
  })
}
