import { sizeOf } from '../../base/shape.ts'
import {
  type Convolution,
  conv2dOp,
  convolvedSize,
  convTranspose2dOp,
  convWeight2dOp,
} from '../ops/convolution.ts'
import type { Probe, Reference, Values } from './reference.ts'

type Role = 'x' | 'w' | 'y'

/** The columns q of y, from the first to before the second, for which q·stride + shift lies in x. */
const inside = (shift: number, stride: number, width: number, columns: number): [number, number] => [
  Math.max(0, Math.ceil(-shift / stride)),
  Math.min(columns, Math.floor((width - 1 - shift) / stride) + 1),
]

/** Walks the trilinear form in float64: out += a · b over every term. */
function accumulate(values: Readonly<Record<Role, Values>>, wanted: Role, form: Convolution): Values {
  const [batch, channels] = values.x.shape
  const [height, width] = form.size
  const [rows, columns] = convolvedSize(form)
  const filters = values.w.shape[0]
  const [tall, wide] = form.kernel
  const {
    x: { data: x },
    w: { data: w },
    y: { data: y },
  } = values
  const [strideDown, strideRight] = form.stride
  const [top, left] = form.padding
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < filters; o++)
      for (let c = 0; c < channels; c++)
        for (let i = 0; i < tall; i++)
          for (let j = 0; j < wide; j++) {
            const atW = ((o * channels + c) * tall + i) * wide + j
            const shift = j - left
            const [from, to] = inside(shift, strideRight, width, columns)
            let sum = 0
            for (let p = 0; p < rows; p++) {
              const row = p * strideDown + i - top
              if (row < 0 || row >= height) continue
              const atX = ((n * channels + c) * height + row) * width + shift
              const atY = ((n * filters + o) * rows + p) * columns
              if (wanted === 'y')
                for (let q = from; q < to; q++) y[atY + q] += w[atW] * x[atX + q * strideRight]
              else if (wanted === 'x')
                for (let q = from; q < to; q++) x[atX + q * strideRight] += w[atW] * y[atY + q]
              else for (let q = from; q < to; q++) sum += y[atY + q] * x[atX + q * strideRight]
            }
            if (wanted === 'w') w[atW] += sum
          }
  return values[wanted]
}

const empty = (shape: number[]): Values => ({ data: new Float64Array(sizeOf(shape)), shape })

const case_ = (
  size: [number, number],
  kernel: [number, number],
  stride: [number, number],
  padding: [number, number, number, number],
): Convolution => ({ size, kernel, stride, padding })
const forms: readonly Convolution[] = [
  case_([6, 5], [3, 2], [1, 1], [1, 0, 1, 1]),
  case_([8, 8], [4, 4], [2, 2], [1, 1, 1, 1]),
  case_([7, 6], [3, 3], [2, 3], [0, 1, 0, 0]),
]
const shapes = (form: Convolution): Record<Role, number[]> => ({
  x: [2, 3, ...form.size],
  w: [2, 3, ...form.kernel],
  y: [2, 2, ...convolvedSize(form)],
})
const probesOf = (a: Role, b: Role): Probe<Convolution>[] =>
  forms.map((form) => ({
    inputs: [a, b].map((role) => ({ shape: shapes(form)[role as Role], low: -1, high: 1 })),
    attributes: form,
  }))

export const conv2dReference: Reference<Convolution> = {
  op: conv2dOp,
  evaluate: ([x, w], form) => {
    const y = empty([x.shape[0], w.shape[0], ...convolvedSize(form)])
    return accumulate({ x, w, y }, 'y', form)
  },
  probes: probesOf('x', 'w'),
}

export const convTranspose2dReference: Reference<Convolution> = {
  op: convTranspose2dOp,
  evaluate: ([y, w], form) =>
    accumulate({ x: empty([y.shape[0], w.shape[1], ...form.size]), w, y }, 'x', form),
  probes: probesOf('y', 'w'),
}

export const convWeight2dReference: Reference<Convolution> = {
  op: convWeight2dOp,
  evaluate: ([x, y], form) =>
    accumulate({ x, w: empty([y.shape[1], x.shape[1], ...form.kernel]), y }, 'w', form),
  probes: probesOf('x', 'y'),
}
