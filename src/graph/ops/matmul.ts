import { fail } from '../../base/errors.ts'
import { formatShape, type Shape } from '../../base/shape.ts'
import type { Emit } from '../onnx/emit.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'

/** A transposed input is read through its attribute: Gemm does so without moving a number. */
export type MatmulAttributes = { readonly transposeA: boolean; readonly transposeB: boolean }

/** Extents as they are read. */
export const rowsColumns = (shape: Shape, transposed: boolean): Shape =>
  transposed ? [shape[1], shape[0]] : shape

const orientation = ({ transposeA, transposeB }: MatmulAttributes) => ({
  transA: transposeA ? 1 : 0,
  transB: transposeB ? 1 : 0,
})

/** A product times a number: Gemm multiplies by itself. */
export const lowerScaledMatmul = (
  emit: Emit,
  inputs: readonly string[],
  attributes: MatmulAttributes,
  factor: number,
): string => emit.node('Gemm', inputs, { ...orientation(attributes), alpha: { float: factor } })

export const matmulOp: OpDefinition<MatmulAttributes> = {
  name: 'matmul',
  infer: ([a, b], { transposeA, transposeB }) => {
    const [rows, inner] = rowsColumns(a.shape, transposeA)
    const [innerB, columns] = rowsColumns(b.shape, transposeB)
    if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== innerB)
      fail({
        code: 'graph/matmul',
        seen: `matmul of ${formatShape(a.shape)}${transposeA ? 'ᵀ' : ''} and ${formatShape(b.shape)}${transposeB ? 'ᵀ' : ''}`,
        wanted: 'two matrices whose inner extents agree',
        fix: 'reshape or transpose one side',
      })
    return { dtype: 'float32', shape: [rows, columns] }
  },
  gradient: (upstream, { inputs: [a, b], attributes: { transposeA, transposeB } }) => [
    transposeA ? product(b, upstream, transposeB, true) : product(upstream, b, false, !transposeB),
    transposeB ? product(upstream, a, true, transposeA) : product(a, upstream, !transposeA, false),
  ],
  onnx: (emit, inputs, { attributes }) => emit.node('Gemm', inputs, orientation(attributes)),
}

const product = (a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor =>
  apply(matmulOp, [a, b], { transposeA, transposeB })

/** Matrix product of a [n, k] and b [k, m], either of them read transposed. */
export const matmul = (a: Tensor, b: Tensor, { transposeA = false, transposeB = false } = {}): Tensor =>
  product(a, b, transposeA, transposeB)
