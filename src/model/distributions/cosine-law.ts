/**
 * The law of w = μᵀz, z on the unit sphere of n dimensions with von Mises–Fisher density about μ:
 * p(w) ∝ (1 − w²)^((n − 3)/2) e^(κw), −1 < w < 1.
 *
 * It is integrated over s = log (1 + w)/(1 − w), where it has one peak and falls off evenly, in cells about the peak and
 * five Gauss–Legendre nodes in each: log Z, its slopes and quantiles come out to eight digits for any κ > 0, where Bessel
 * functions of that order over- and underflow. Everything is relative to e^κ.
 */
import { logGamma } from '../../base/math/log-gamma.ts'
import { square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { clip } from '../../graph/ops/clip.ts'
import { greater } from '../../graph/ops/compare.ts'
import { constant } from '../../graph/ops/constant.ts'
import { detach } from '../../graph/ops/detach.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { maximum, minimum } from '../../graph/ops/extremum.ts'
import { log } from '../../graph/ops/log.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { logSumExp } from '../../graph/ops/softmax.ts'
import { softplus } from '../../graph/ops/softplus.ts'
import { sqrt } from '../../graph/ops/sqrt.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { tanh } from '../../graph/ops/tanh.ts'
import { where } from '../../graph/ops/where.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** What lies further out than e^−25 of the peak is left out. */
const REACH = 25
/** Gauss–Legendre nodes and weights of the interval from 0 to 1. */
const NODES = [0.046910077030668, 0.23076534494715845, 0.5, 0.7692346550528415, 0.953089922969332]
const WEIGHTS = [
  0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454,
]
const NEWTON_STEPS = 4

/** Cells of s about the peak for spheres of n dimensions, wider and wider on the way out: their edges are those of sinh. */
function cellsOf(n: number) {
  const a = (n - 1) / 2
  const reach = 2 * Math.acosh(Math.exp(REACH / 2 / a)) + 0.2
  const scale = 2 / Math.sqrt(a)
  const end = Math.asinh(reach / scale)
  const count = Math.ceil((2 * end * scale) / Math.min(0.3, 0.7 / Math.sqrt(a)))
  const edges = Array.from({ length: count + 1 }, (_, at) => scale * Math.sinh(end * ((2 * at) / count - 1)))
  return { a, count, edges, widths: edges.slice(1).map((edge, cell) => edge - edges[cell]) }
}

/** log p(w) ds/dw without its constant, of s: a log(1 − w²) + κ(w − 1) − log 2. */
const logKernel = (s: Tensor, kappa: Tensor, a: number): Tensor =>
  sub(
    mul(sub(2 * Math.LN2, add(softplus(s), softplus(neg(s)))), a),
    add(mul(mul(kappa, sigmoid(neg(s))), 2), Math.LN2),
  )

/** w − 1 of s, whose digits do not drown in the 1. */
const belowOne = (s: Tensor): Tensor => mul(sigmoid(neg(s)), -2)

/** The law under concentrations κ [rows, 1] for spheres of n dimensions. */
export interface CosineLaw {
  readonly kappa: Tensor
  readonly n: number
  /** log ∫ (1 − w²)^((n − 3)/2) e^(κ(w − 1)) dw [rows, 1]; its slope by κ is E[w] − 1. */
  readonly logZ: Tensor
  /** E[w] − 1 [rows, 1]. */
  readonly meanBelowOne: Tensor
  /** Where the first cell begins [rows, 1]. */
  readonly start: Tensor
  /** Share of each node [rows, nodes], and w − 1 there. */
  readonly share: Tensor
  readonly nodesBelowOne: Tensor
}

export function cosineLaw(kappa: Tensor, n: number): CosineLaw {
  const { a, edges, widths } = cellsOf(n)
  const root = sqrt(add(square(kappa), a * a))
  // κ(1 − w²) = 2aw at the peak, w = κ/(a + √(a² + κ²)). Where nodes lie has no say in an integral, nor in its slope.
  const peak = sub(log(add(add(kappa, root), a)), log(add(div(a * a, add(kappa, root)), a)))
  const start = detach(add(peak, edges[0]))
  const places = widths.flatMap((width, cell) => NODES.map((node) => edges[cell] - edges[0] + width * node))
  const nodes = add(start, constant(places))
  const weights = constant(widths.flatMap((width) => WEIGHTS.map((weight) => Math.log(weight * width))))
  const each = add(logKernel(nodes, kappa, a), weights)
  const logZ = reshape(logSumExp(each), kappa.shape)
  const share = exp(sub(each, logZ))
  const nodesBelowOne = belowOne(nodes)
  const meanBelowOne = sum(mul(share, nodesBelowOne), [1], true)
  return { kappa, n, logZ, meanBelowOne, start, share, nodesBelowOne }
}

/** log ∫ (1 − w²)^((n − 3)/2) dw, which is log Z at κ = 0. */
export const logFlat = (n: number): number => Math.log(Math.PI) / 2 + logGamma((n - 1) / 2) - logGamma(n / 2)

/** A cosine as its two ends: w, w − 1 and √(1 − w²), [rows, 1] each. */
export interface Cosine {
  readonly cosine: Tensor
  readonly belowOne: Tensor
  readonly sine: Tensor
}

/** The cosine at shares u [rows, 1] of the law; by κ it moves as a quantile does, by −∂F/∂κ over the density. */
export function cosineAt(law: CosineLaw, u: Tensor): Cosine {
  const { s, slope } = quantile(held(law), detach(u))
  // Its value is s, its slope by κ that of the quantile: what found it need not be gone through again.
  const moved = add(s, mul(slope, sub(law.kappa, detach(law.kappa))))
  return {
    cosine: tanh(mul(moved, 0.5)),
    belowOne: belowOne(moved),
    sine: mul(exp(mul(add(softplus(moved), softplus(neg(moved))), -0.5)), 2),
  }
}

/** The law as numbers that nothing moves. */
const held = (law: CosineLaw): CosineLaw => ({
  n: law.n,
  kappa: detach(law.kappa),
  logZ: detach(law.logZ),
  meanBelowOne: detach(law.meanBelowOne),
  start: law.start,
  share: detach(law.share),
  nodesBelowOne: law.nodesBelowOne,
})

/** s at share u, and its slope by κ, [rows, 1] each. */
function quantile(law: CosineLaw, u: Tensor): { readonly s: Tensor; readonly slope: Tensor } {
  const { kappa, logZ, start, share, nodesBelowOne, meanBelowOne, n } = law
  const { a, widths, count } = cellsOf(n)
  const byCell = (nodes: Tensor) => sum(reshape(nodes, [nodes.shape[0], count, NODES.length]), [2])
  const mass = byCell(share)
  const upTo = matmul(mass, constant(upperTriangle(count), [count, count]))
  // The last cell holds whatever is left.
  const isBelow = where(greater(u, upTo), constant([...new Array<number>(count - 1).fill(1), 0]), 0)
  const total = (cells: Tensor) => sum(mul(cells, isBelow), [1], true)
  const left = add(start, total(constant(widths)))
  // The width of the cell after those below, by what each is wider than the one before.
  const width = add(total(constant(widths.map((own, cell) => (widths[cell + 1] ?? own) - own))), widths[0])
  const rest = sub(u, total(mass))
  const density = (s: Tensor) => exp(sub(logKernel(s, kappa, a), logZ))
  const within = (s: Tensor, of: (nodes: Tensor) => Tensor) => {
    const nodes = add(left, mul(sub(s, left), constant(NODES)))
    return mul(sub(s, left), sum(mul(mul(density(nodes), of(nodes)), constant(WEIGHTS)), [1], true))
  }
  const inCell = (s: Tensor) => minimum(maximum(s, left), add(left, width))
  let s = inCell(add(left, firstGuess(left, rest, density(left), kappa, a)))
  for (let step = 0; step < NEWTON_STEPS; step++)
    s = inCell(
      sub(
        s,
        div(
          sub(
            within(s, () => constant(1)),
            rest,
          ),
          density(s),
        ),
      ),
    )
  const above = (below: Tensor) => sub(below, meanBelowOne)
  const moment = add(
    total(byCell(mul(share, above(nodesBelowOne)))),
    within(s, (nodes) => above(belowOne(nodes))),
  )
  return { s: detach(s), slope: detach(neg(div(moment, density(s)))) }
}

/** How far into a cell a share lies, if the density rises or falls in it as it does at its left edge. */
function firstGuess(left: Tensor, rest: Tensor, density: Tensor, kappa: Tensor, a: number): Tensor {
  const rise = sub(mul(mul(mul(kappa, 2), sigmoid(left)), sigmoid(neg(left))), mul(tanh(mul(left, 0.5)), a))
  const flat = div(rest, density)
  const isFlat = greater(1e-3, maximum(rise, neg(rise)))
  const grown = log(clip(add(mul(rise, flat), 1), 1e-6, 1e30))
  return where(isFlat, flat, div(grown, where(isFlat, 1, rise)))
}

const upperTriangle = (count: number): number[] =>
  Array.from({ length: count * count }, (_, i) => (Math.floor(i / count) <= i % count ? 1 : 0))
