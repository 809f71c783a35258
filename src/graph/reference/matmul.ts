import { type MatmulAttributes, matmulOp, rowsColumns } from '../ops/matmul.ts'
import type { Reference, Values } from './reference.ts'

const rectangle = (transposeA: boolean, transposeB: boolean) => ({
  inputs: [
    { shape: transposeA ? [4, 3] : [3, 4], low: -2, high: 2 },
    { shape: transposeB ? [5, 4] : [4, 5], low: -2, high: 2 },
  ],
  attributes: { transposeA, transposeB },
})

export const matmulReference: Reference<MatmulAttributes> = {
  op: matmulOp,
  evaluate: ([a, b], attributes) => multiply(a, b, attributes),
  probes: [rectangle(false, false), rectangle(true, false), rectangle(false, true), rectangle(true, true)],
}

function multiply(a: Values, b: Values, { transposeA, transposeB }: MatmulAttributes): Values {
  const [rows, inner] = rowsColumns(a.shape, transposeA) as number[]
  const columns = (rowsColumns(b.shape, transposeB) as number[])[1]
  const [aRow, aInner] = transposeA ? [1, rows] : [inner, 1]
  const [bInner, bColumn] = transposeB ? [1, inner] : [columns, 1]
  const data = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < inner; k++) {
      const value = a.data[row * aRow + k * aInner]
      for (let column = 0; column < columns; column++)
        data[row * columns + column] += value * b.data[k * bInner + column * bColumn]
    }
  return { data, shape: [rows, columns] }
}
