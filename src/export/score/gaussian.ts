/** Joint Gaussians of rows that have gaps. */
import { inverseOf } from '../../base/math/precision.ts'
import type { OnnxValue } from '../../graph/onnx/messages.ts'
import { onnxTypes } from '../../graph/onnx/types.ts'
import { type JointGaussian, unpacked } from '../../statistics/anomaly/kept/robust-gaussian.ts'
import { type Emitter, emitter, graphOf } from './emitter.ts'

/** Squared residuals below this share of what they began at are none. */
const SOLVED = 1e-26
/** Keeps 0 / 0 from being asked. */
const LEAST = 1e-300

interface InRow {
  /** Rows without gaps [batch, width]. */
  readonly filled: string
  /** Squared distance, a gap's part of which is 1 [batch, 1]. */
  readonly distance: string
}

/** Fills the gaps of rows [batch, width] with their means given what is known, and measures how far rows lie off. */
export function inGaussian(e: Emitter, { mean, factor }: JointGaussian, rows: string, known: string): InRow {
  const width = mean.length
  const center = e.constant(mean, [1, width])
  const gaps = e.op('Sub', [1, known])
  const off = e.op('Mul', [e.op('Sub', [rows, center]), known])
  const isWhole = factor.length !== width
  const precision = isWhole
    ? inverseOf(unpacked(factor, width), width)
    : Float64Array.from({ length: width * width }, (_, at) =>
        at % (width + 1) === 0 ? 1 / factor[at / (width + 1)] ** 2 : 0,
      )
  const matrix = e.constant(precision, [width, width])
  const whole = isWhole ? e.op('Add', [off, expected(e, precision, matrix, off, gaps)]) : off
  const squared = e.sum(e.op('Mul', [e.op('MatMul', [whole, matrix]), whole]), 1)
  return {
    filled: e.op('Add', [whole, center]),
    distance: e.op('Add', [e.op('Max', [squared, 0]), e.sum(gaps, 1)]),
  }
}

/**
 * What is expected in the gaps, off its mean: the solution of Λ over the gaps, by conjugate gradients for all rows at once
 * (Hestenes & Stiefel 1952), since operators that solve equations are not to be had.
 */
function expected(e: Emitter, precision: Float64Array, matrix: string, off: string, gaps: string): string {
  const width = Math.sqrt(precision.length)
  const scale = e.constant(
    Float64Array.from({ length: width }, (_, at) => precision[at * (width + 1)]),
    [1, width],
  )
  const residual = e.op('Neg', [e.op('Mul', [e.op('MatMul', [off, matrix]), gaps])])
  const first = e.op('Div', [residual, scale])
  const product = e.sum(e.op('Mul', [residual, first]), 1)
  const most = e.op('Mul', [e.op('ReduceMax', [product], { keepdims: 0 }), SOLVED])
  const [solved] = e.special(
    {
      type: 'Loop',
      inputs: [
        e.onnx.integers([4 * width + 10]),
        e.op('Greater', [e.op('ReduceMax', [product], { keepdims: 0 }), LEAST]),
        ...[e.op('Mul', [residual, 0]), residual, first, product],
      ],
      attributes: { body: { graph: step({ matrix, scale, gaps, most }, width) } },
    },
    4,
  )
  return solved
}

interface Outer {
  readonly matrix: string
  readonly scale: string
  readonly gaps: string
  readonly most: string
}

/** One step: takes and gives the solution, the residual, the direction and r·z of each row. */
function step({ matrix, scale, gaps, most }: Outer, width: number) {
  const own = `loop${width}.${gaps}.`
  const e = emitter(own)
  const [solution, residual, direction, product] = ['solution', 'residual', 'direction', 'product'].map(
    (name) => own + name,
  )
  const pushed = e.op('Mul', [e.op('MatMul', [direction, matrix]), gaps])
  const curve = e.op('Max', [e.sum(e.op('Mul', [direction, pushed]), 1), LEAST])
  const far = e.op('Div', [product, curve])
  const nextSolution = e.op('Add', [solution, e.op('Mul', [direction, far])])
  const nextResidual = e.op('Sub', [residual, e.op('Mul', [pushed, far])])
  const scaled = e.op('Div', [nextResidual, scale])
  const nextProduct = e.sum(e.op('Mul', [nextResidual, scaled]), 1)
  const turn = e.op('Div', [nextProduct, e.op('Max', [product, LEAST])])
  const nextDirection = e.op('Add', [scaled, e.op('Mul', [direction, turn])])
  const isLeft = e.op('Greater', [
    e.op('ReduceMax', [nextProduct], { keepdims: 0 }),
    e.op('Max', [most, LEAST]),
  ])
  const value = (name: string, columns: number): OnnxValue => ({
    name,
    type: onnxTypes.float64,
    shape: ['batch', columns],
  })
  return graphOf(
    e,
    `${own}step`,
    [
      { name: `${own}round`, type: onnxTypes.int64, shape: [] },
      { name: `${own}goOn`, type: onnxTypes.bool, shape: [] },
      ...[value(solution, width), value(residual, width), value(direction, width), value(product, 1)],
    ],
    [
      { name: isLeft, type: onnxTypes.bool, shape: [] },
      ...[value(nextSolution, width), value(nextResidual, width)],
      ...[value(nextDirection, width), value(nextProduct, 1)],
    ],
  )
}
