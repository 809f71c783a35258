import { type Beside, besideShares } from './beside.ts'
import { fitImputers, type Learned } from './fit-imputers.ts'
import type { GapTable } from './gap-table.ts'
import { IMPUTERS, jointGaussian, QUICK } from './index.ts'
import { residualKnots } from './residuals.ts'
import { LEAST_WEIGHT, pooledWith, stackingWeights } from './stacking.ts'
import { FEWEST, type HiddenCells, hiddenCells, hideAndFill } from './trials.ts'

/** What fills each column, and how well that is expected to do. */
export interface Fills {
  readonly learned: Learned
  /** By imputer [columns]; they sum to 1 in each column. */
  readonly weights: Readonly<Record<string, Float32Array>>
  /** Share of what stands beside in each column; the rest is as the weights say [columns]. */
  readonly beside: Float32Array
  /**
   * For each column the expected error, and that of the column's mean [columns × 2]: of numbers the root of the mean
   * square, in standard deviations; of levels the share that is wrong. NaN where no cell was hidden.
   */
  readonly errors: Float32Array
  /** Quantiles of what encoded numbers differ from their fill, over the joint Gaussian's spread [width × knots]. */
  readonly knots: Float32Array
}

/** Numbers of a row from which on a moment is enough for a single turn. */
const WIDE = 100

/** How a choice is made. */
interface Choosing {
  readonly seed: number
  readonly beside?: Beside
  /** Whether only imputers are weighed that a moment fits. */
  readonly isQuick?: boolean
}

/**
 * Chooses by cells that were known and hidden what fills each column: weights of all imputers that make the squared
 * error least, drawn towards those of the whole table, and whether what stands beside helps on rows that it never saw.
 */
export async function chooseFills(
  table: GapTable,
  { seed, beside, isQuick = false }: Choosing,
): Promise<Fills> {
  const few = table.width > WIDE ? 1 : FEWEST
  const turns = hiddenCells(table, seed, isQuick ? few : undefined)
  const cells = hideAndFill(table, turns, seed, isQuick ? QUICK : IMPUTERS)
  const useful = usefulOf(cells, table)
  const weights = weightsOf(cells, table, useful)
  const stacked = cells.map((own, column) => blend(own, weights[column]))
  const { shares, gains } = beside
    ? await besideShares(table, turns, { cells, stacked, beside })
    : { shares: new Float32Array(cells.length), gains: new Float32Array(cells.length).fill(1) }
  const kept = IMPUTERS.filter((imputer, place) => useful.includes(place) || imputer === jointGaussian)
  return {
    learned: fitImputers(table, seed, kept),
    weights: Object.fromEntries(
      useful.map((place) => [IMPUTERS[place].name, Float32Array.from(weights, (own) => own[place])]),
    ),
    beside: shares,
    errors: Float32Array.from(
      table.columns.flatMap((column, place) => {
        const { truth, said } = cells[place]
        const [own, means] = [stacked[place], said[0]].map((guesses) => errorOf(column, truth, guesses))
        return [own * gains[place], means]
      }),
    ),
    knots: residualKnots(table, cells, stacked),
  }
}

/** Imputers, by their places, that have a say in some column; means always may. */
function usefulOf(cells: readonly HiddenCells[], table: GapTable): number[] {
  const all = IMPUTERS.map((_, place) => place).filter((place) =>
    cells.every(({ truth, said }) => said[place].length === truth.length),
  )
  if (all.length === 0) return [0]
  const weights = weightsOf(cells, table, all)
  const useful = all.filter((place) => place === 0 || weights.some((own) => own[place] >= LEAST_WEIGHT))
  return useful.includes(0) ? useful : [0, ...useful]
}

/** For each column, weights of all imputers [imputers], 0 where one has no say. */
function weightsOf(
  cells: readonly HiddenCells[],
  table: GapTable,
  places: readonly number[],
): Float64Array[] {
  const size = places.length
  const own = cells.map((each) => products(each, places))
  const pooled = new Float64Array(size * size)
  for (const each of own)
    for (let at = 0; at < pooled.length; at++) pooled[at] += each[at] / table.columns.length
  return own.map((each, column) => {
    const count = cells[column].rows.length
    const weights = new Float64Array(IMPUTERS.length)
    for (const [at, weight] of stackingWeights(pooledWith(pooled, each, count), size).entries())
      weights[places[at]] = weight
    return weights
  })
}

/** Mean products of errors of imputers, over the mean square of the column's mean's. */
function products({ rows, truth, said }: HiddenCells, places: readonly number[]): Float64Array {
  const size = places.length
  const out = new Float64Array(size * size)
  if (rows.length === 0) return out
  let unit = 0
  for (let at = 0; at < truth.length; at++) unit += (said[0][at] - truth[at]) ** 2
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      const [one, other] = [said[places[a]], said[places[b]]]
      let sum = 0
      for (let at = 0; at < truth.length; at++) sum += (one[at] - truth[at]) * (other[at] - truth[at])
      out[a * size + b] = out[b * size + a] = unit > 0 ? sum / unit : 0
    }
  return out
}

/** What imputers say of hidden cells by their weights. */
function blend({ truth, said }: HiddenCells, weights: Float64Array): Float64Array {
  const out = new Float64Array(truth.length)
  for (const [place, weight] of weights.entries())
    if (weight > 0) for (let at = 0; at < out.length; at++) out[at] += weight * said[place][at]
  return out
}

/** Of numbers the root of the mean square, of levels the share that is wrong; NaN of no cells. */
function errorOf(
  { slots, kind }: GapTable['columns'][number],
  truth: ArrayLike<number>,
  said: ArrayLike<number>,
): number {
  const cells = truth.length / slots
  let sum = 0
  for (let cell = 0; cell < cells; cell++) {
    if (kind === 'chances') {
      sum += mostLikely(truth, cell, slots) === mostLikely(said, cell, slots) ? 0 : 1
      continue
    }
    for (let slot = cell * slots; slot < (cell + 1) * slots; slot++)
      sum += (said[slot] - truth[slot]) ** 2 / slots
  }
  return kind === 'chances' ? sum / cells : Math.sqrt(sum / cells)
}

/** The level with the greatest chance; of two levels the second from ½ on. */
function mostLikely(chances: ArrayLike<number>, cell: number, slots: number): number {
  if (slots === 1) return chances[cell] >= 0.5 ? 1 : 0
  let best = 0
  for (let level = 1; level < slots; level++)
    if (chances[cell * slots + level] > chances[cell * slots + best]) best = level
  return best
}
