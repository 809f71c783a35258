import { unary } from './elementwise.ts'

/** Its product with the smallest normal float is above 1, so that every positive number reaches 1. */
const STEEP = 3e38

/** 1 where x > 0, else 0; no gradient flows through it. */
export const positive = unary({
  name: 'positive',
  gradient: () => undefined,
  // A clipped line: ONNX Runtime does it in vectors, where Greater, Sign and Where take several times as long.
  onnx: (emit, inputs) => emit.node('HardSigmoid', inputs, { alpha: { float: STEEP }, beta: { float: 0 } }),
})
