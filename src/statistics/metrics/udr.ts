import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { columnsOf } from '../../base/math/columns.ts'
import { medianOf } from '../../base/math/quantile.ts'
import { dot, meanOf, sumOf } from '../../base/math/sums.ts'
import { formatShape } from '../../base/shape.ts'
import { nextTurn } from '../../base/yielding.ts'
import { standardRanks } from '../ranks.ts'

/** Mean KL in nats above which a dimension is informative, as in disentanglement_lib. */
const INFORMATIVE_KL = 0.01

export interface UdrOptions {
  /** For each model the mean KL in nats of each dimension; those at 0.01 or below are left out. */
  readonly kl?: readonly ArrayLike<number>[]
  readonly signal?: AbortSignal
}

export interface UdrScore {
  /** For each model the median of its agreement with the others. */
  readonly perModel: readonly number[]
  /** Agreement of each two models, from 0 to 1; 0 on the diagonal, where no model is judged by itself. */
  readonly pairs: readonly (readonly number[])[]
  /** Dimensions of each model that were compared. */
  readonly informative: readonly number[]
  readonly rows: number
}

/**
 * Unsupervised disentanglement ranking: models that found the factors agree up to order and sign of their dimensions, and
 * others do not, so it needs no labels. Duan et al. 2020, eq. 3, with Spearman's correlation.
 *
 * Takes codes [n, d] of the same examples under two or more models. With R the absolute correlations of two models'
 * dimensions, their agreement is the mean, over dimensions of one and then of the other, of max(R)² / ΣR, and of these
 * two the mean. A constant dimension correlates with nothing. Throws the signal's reason.
 * Errors: `metrics/udr-models`, `metrics/udr-codes`, `metrics/udr-kl`.
 */
export async function udr(codes: readonly NDArray[], { kl, signal }: UdrOptions = {}): Promise<UdrScore> {
  checkCodes(codes, kl)
  const ranks: Float64Array[][] = []
  for (const [model, { data, shape }] of codes.entries()) {
    await nextTurn()
    signal?.throwIfAborted()
    const columns = columnsOf(Float64Array.from(data), shape[1])
    ranks.push(
      columns.filter((_, d) => !kl || kl[model][d] > INFORMATIVE_KL).map((column) => standardRanks(column)),
    )
  }
  const pairs = codes.map(() => new Array<number>(codes.length).fill(0))
  for (let a = 0; a < codes.length; a++) {
    await nextTurn()
    signal?.throwIfAborted()
    for (let b = 0; b < a; b++) {
      pairs[a][b] = agreement(ranks[a], ranks[b])
      pairs[b][a] = pairs[a][b]
    }
  }
  return {
    perModel: pairs.map((row, model) => medianOf(row.filter((_, other) => other !== model))),
    pairs,
    informative: ranks.map((columns) => columns.length),
    rows: codes[0].shape[0],
  }
}

function checkCodes(codes: readonly NDArray[], kl: UdrOptions['kl']): void {
  if (codes.length < 2)
    fail({
      code: 'metrics/udr-models',
      seen: `codes of ${codes.length} ${codes.length === 1 ? 'model' : 'models'}`,
      wanted: 'at least two models, which are compared with each other',
      fix: 'train the same recipe with other seeds',
      usage: true,
    })
  codes.forEach(({ data, shape }, model) => {
    if (shape.length !== 2 || shape[0] !== codes[0].shape[0] || !data.every(Number.isFinite))
      fail({
        code: 'metrics/udr-codes',
        seen: `codes of shape ${formatShape(shape)} from model ${model}${data.every(Number.isFinite) ? '' : ', not all finite'}`,
        wanted: `finite numbers [${codes[0].shape[0]}, d], the rows of model 0`,
        fix: 'encode the same examples with every model',
        usage: true,
      })
    if (kl && kl[model]?.length !== shape[1])
      fail({
        code: 'metrics/udr-kl',
        seen: `the KL of ${kl[model]?.length ?? 0} dimensions for model ${model}`,
        wanted: `one for each of its ${shape[1]} dimensions`,
        fix: 'give the mean KL per dimension of every model, in their order',
        usage: true,
      })
  })
}

function agreement(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  const rows = a.map((x) => b.map((y) => Math.abs(dot(x, y))))
  const columns = b.map((_, j) => rows.map((row) => row[j]))
  return (relativeStrength(rows) + relativeStrength(columns)) / 2
}

/** Mean over lists of max² / sum. */
function relativeStrength(lists: readonly (readonly number[])[]): number {
  if (lists.length === 0) return 0
  return meanOf(lists.map((list) => (sumOf(list) === 0 ? 0 : Math.max(...list) ** 2 / sumOf(list))))
}
