import { factorial, polygammaTail } from '../../base/math/polygamma.ts'
import type { Emit } from '../onnx/emit.ts'
import { apply, type OpDefinition, type Tensor } from '../tensor.ts'
import { asTensor, type Operand } from './constant.ts'
import { mul } from './mul.ts'

export type PolygammaAttributes = { readonly order: number }

/** Where the series begins: seven above x it errs by less than a float32 can tell. */
const SHIFT = 7

export const polygammaOp: OpDefinition<PolygammaAttributes> = {
  name: 'polygamma',
  broadcasts: true,
  infer: ([x]) => ({ dtype: 'float32', shape: x.shape }),
  gradient: (upstream, { inputs: [x], attributes: { order } }) => [mul(upstream, polygamma(x, order + 1))],
  onnx: (emit, [x], { attributes: { order } }) => lowered(emit, x, order),
}

/** ±[leading + n!/2·wⁿ⁺¹ + Σ cₖw²ᵏ⁺ⁿ + n!·Σ (x + j)⁻ⁿ⁻¹] at w = 1/(x + 7), j from 0 to 6. */
function lowered(emit: Emit, x: string, order: number): string {
  const number = (value: number) => emit.constant([value], [], 'float32')
  const op = (type: string, a: string, b: string) => emit.node(type, [a, b])
  const inverse = (by: number) => op('Div', number(1), by === 0 ? x : op('Add', x, number(by)))
  const power = (base: string, times: number) =>
    Array.from({ length: times - 1 }).reduce<string>((product) => op('Mul', product, base), base)
  const w = inverse(SHIFT)
  const squared = op('Mul', w, w)
  const series = polygammaTail(order)
    .toReversed()
    .reduce<string | undefined>(
      (sum, c) => op('Mul', squared, sum === undefined ? number(c) : op('Add', sum, number(c))),
      undefined,
    ) as string
  const next = op('Add', op('Mul', w, number(factorial(order) / 2)), series)
  const raised = order === 0 ? next : op('Mul', next, power(w, order))
  const below = Array.from({ length: SHIFT }, (_, j) => power(inverse(j), order + 1)).reduce((sum, one) =>
    op('Add', sum, one),
  )
  const rest = op('Add', raised, order < 2 ? below : op('Mul', below, number(factorial(order))))
  if (order === 0) return op('Sub', emit.node('Log', [op('Add', x, number(SHIFT))]), rest)
  const size = op('Add', op('Mul', power(w, order), number(factorial(order - 1))), rest)
  return order % 2 === 0 ? emit.node('Neg', [size]) : size
}

/** ψ⁽ⁿ⁾(x) for x > 0, the derivative of order n + 1 of log Γ: digamma, trigamma, … */
export const polygamma = (x: Operand, order: number): Tensor => apply(polygammaOp, [asTensor(x)], { order })

/** ψ(x) = d log Γ(x) / dx for x > 0. */
export const digamma = (x: Operand): Tensor => polygamma(x, 0)
