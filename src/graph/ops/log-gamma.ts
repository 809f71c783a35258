import { LOG_TWO_PI } from '../../base/math/normal.ts'
import { unary } from './elementwise.ts'
import { mul } from './mul.ts'
import { digamma } from './polygamma.ts'

const SHIFT = 5
/** Coefficients of 1/z, 1/z³, … in Stirling's series: B₂ₙ / (2n(2n − 1)). */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680] as const

/**
 * log Γ(x) for x from 0 to 10¹², to the digits of a float32.
 *
 * Lowered to (z − ½) log z − z + ½ log 2π + Σ cₙz¹⁻²ⁿ − log x(x + 1)…(x + 4) at z = x + 5, where four terms are exact
 * to 1e-9. The product is two, which a float32 holds for longer.
 */
export const logGamma = unary({
  name: 'logGamma',
  gradient: (upstream, x) => mul(upstream, digamma(x)),
  onnx(emit, [x]) {
    const number = (value: number) => emit.constant([value], [], 'float32')
    const op = (type: string, a: string, b: string) => emit.node(type, [a, b])
    const above = (by: number) => op('Add', x, number(by))
    const logOf = (factors: readonly string[]) =>
      emit.node('Log', [factors.reduce((product, factor) => op('Mul', product, factor))])
    const z = above(SHIFT)
    const inverse = op('Div', number(1), z)
    const squared = op('Mul', inverse, inverse)
    const [last, ...rest] = stirling.toReversed().map(number)
    const series = rest.reduce((sum, coefficient) => op('Add', op('Mul', sum, squared), coefficient), last)
    const main = op('Sub', op('Mul', op('Sub', z, number(0.5)), emit.node('Log', [z])), z)
    const whole = op('Add', op('Add', main, number(0.5 * LOG_TWO_PI)), op('Mul', series, inverse))
    return op('Sub', op('Sub', whole, logOf([x, above(1)])), logOf([above(2), above(3), above(4)]))
  },
})
