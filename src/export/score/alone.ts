/** What cells cost alone in their columns, as in `infer/tables/alone.ts`. */
import { logGamma } from '../../base/math/log-gamma.ts'
import { LOG_TWO_PI } from '../../base/math/normal.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import { LEAST, type Typical } from '../../infer/tables/alone.ts'
import { FIRST_DEGREES } from '../../model/likelihoods/columns.ts'
import type { Emitter } from './emitter.ts'

/** Nats of each cell of encoded rows [batch, width], 0 where it is missing [batch, columns]. */
export function aloneNats(e: Emitter, { columns }: TableLayout, typical: Typical, rows: string): string {
  const costs = columns.map((column) => costOf(e, column, typical, rows))
  const masks = columns.map(({ mask }) => mask)
  const known = e.op('Gather', [rows, e.onnx.integers(masks)], { axis: 1 })
  return e.op('Where', [e.op('Equal', [known, 1]), e.op('Concat', costs, { axis: 1 }), 0])
}

const ofShare = (share: number): number => -Math.log(Math.max(share, LEAST))

function costOf(
  e: Emitter,
  { group, slots }: TableLayout['columns'][number],
  { mean, variance }: Typical,
  rows: string,
): string {
  const [at] = slots
  const x = e.op('Gather', [rows, e.onnx.integers(group === 'categorical' ? slots : [at])], { axis: 1 })
  if (group === 'real') {
    const off = e.op('Sub', [x, mean[at]])
    const squared = e.op('Div', [e.op('Mul', [off, off]), FIRST_DEGREES])
    return e.op('Mul', [e.op('Log', [e.op('Add', [squared, 1])]), (FIRST_DEGREES + 1) / 2])
  }
  if (group === 'count') return countCost(e, x, mean[at], variance[at])
  if (group === 'binary')
    return e.op('Where', [e.op('Equal', [x, 1]), ofShare(mean[at]), ofShare(1 - mean[at])])
  const shares = slots.map((slot) => ofShare(mean[slot]))
  return e.op('MatMul', [x, e.constant(shares, [shares.length, 1])])
}

function countCost(e: Emitter, count: string, mean: number, variance: number): string {
  const rate = Math.max(mean, LEAST)
  const ways = gammaLog(e, e.op('Add', [count, 1]))
  if (variance < LEAST * rate)
    return e.op('Add', [e.op('Sub', [rate, e.op('Mul', [count, Math.log(rate)])]), ways])
  const shape = rate ** 2 / variance
  const [none, more] = [Math.log(shape / (shape + rate)), Math.log(rate / (shape + rate))]
  const own = e.op('Sub', [logGamma(shape) - shape * none, gammaLog(e, e.op('Add', [count, shape]))])
  return e.op('Sub', [e.op('Add', [own, ways]), e.op('Mul', [count, more])])
}

/** log Γ(x) for x > 0, as `logGamma`. */
function gammaLog(e: Emitter, x: string): string {
  let [product, shifted] = [e.op('Add', [e.op('Mul', [x, 0]), 1]), x]
  for (let step = 0; step < 10; step++) {
    const isSmall = e.op('Less', [shifted, 10])
    product = e.op('Mul', [product, e.op('Where', [isSmall, shifted, 1])])
    shifted = e.op('Add', [shifted, e.cast(isSmall, 'float64')])
  }
  const inverse = e.op('Div', [1, e.op('Mul', [shifted, shifted])])
  const next = (by: number, rest: string | number) => e.op('Sub', [by, e.op('Mul', [inverse, rest])])
  const series = e.op('Div', [next(1 / 12, next(1 / 360, next(1 / 1260, 1 / 1680))), shifted])
  const main = e.op('Sub', [e.op('Mul', [e.op('Sub', [shifted, 0.5]), e.op('Log', [shifted])]), shifted])
  const all = e.op('Add', [e.op('Add', [main, 0.5 * LOG_TWO_PI]), series])
  return e.op('Sub', [all, e.op('Log', [product])])
}
