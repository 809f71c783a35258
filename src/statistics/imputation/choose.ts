import { fitImputers, type Learned } from './fit-imputers.ts'
import type { GapTable } from './gap-table.ts'
import { IMPUTERS, jointGaussian } from './index.ts'
import { residualKnots } from './residuals.ts'
import { stackingWeights } from './stacking.ts'
import { type HiddenCells, hiddenCells, hideAndFill } from './trials.ts'

/** Another way to fill gaps, which was fitted to all but some rows: those alone can judge it. */
export interface Beside {
  /** The rows that it never saw. */
  readonly rows: ArrayLike<number>
  /** Targets of these rows, with gaps and with hidden cells filled [rows × width]; `hidden` as in `hiddenCells`. */
  fill(hidden: Uint8Array): Promise<Float64Array>
}

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

/**
 * Cells that all columns together stand for in each: of 0, 30, 100 and 300, 100 is best or within 1% of it on ten
 * tables, and every one is within 3% of the others.
 */
const POOLED = 100
/** An imputer that has less than this in every column is left out, and costs no time. */
const LEAST_WEIGHT = 0.05

/**
 * Chooses by cells that were known and hidden what fills each column: weights of all imputers that make the squared
 * error least, drawn towards those of the whole table, and whether what stands beside helps on rows that it never saw.
 */
export async function chooseFills(table: GapTable, seed: number, beside?: Beside): Promise<Fills> {
  const turns = hiddenCells(table, seed)
  const cells = hideAndFill(table, turns, seed)
  const useful = usefulOf(cells, table)
  const weights = weightsOf(cells, table, useful)
  const stacked = cells.map((own, column) => blend(own, weights[column]))
  const { shares, gains } = beside
    ? await besideOf(table, turns, { cells, stacked, beside })
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
    const drawn = each.map((x, at) => (count * x + POOLED * pooled[at]) / (count + POOLED))
    const weights = new Float64Array(IMPUTERS.length)
    for (const [at, weight] of stackingWeights(drawn, size).entries()) weights[places[at]] = weight
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

interface Judging {
  readonly cells: readonly HiddenCells[]
  readonly stacked: readonly Float64Array[]
  readonly beside: Beside
}

/** The share of what stands beside in each column, and by what factor the error falls on the rows that judge it. */
async function besideOf(table: GapTable, turns: readonly Uint8Array[], { cells, stacked, beside }: Judging) {
  const { columns, width } = table
  const filled: Float64Array[] = []
  for (const hidden of turns) filled.push(await beside.fill(hidden))
  const placeOf = new Map(Array.from(beside.rows, (row, place) => [row, place]))
  const pairs = columns.map(({ at, slots }, column) => {
    const { rows, turns: when, truth } = cells[column]
    const own: number[] = []
    const other: number[] = []
    for (let cell = 0; cell < rows.length; cell++) {
      const place = placeOf.get(rows[cell])
      if (place === undefined) continue
      for (let slot = 0; slot < slots; slot++) {
        const is = truth[cell * slots + slot]
        own.push(stacked[column][cell * slots + slot] - is)
        other.push(filled[when[cell]][place * width + at + slot] - is)
      }
    }
    return { own, other }
  })
  const each = pairs.map(({ own, other }) => {
    const [a, b, c] = [dotted(own, own), dotted(own, other), dotted(other, other)]
    return { count: own.length, products: a > 0 ? [1, b / a, b / a, c / a] : [0, 0, 0, 0] }
  })
  const pooled = [0, 1, 2, 3].map((at) =>
    meanOf(each.filter(({ count }) => count > 0).map(({ products }) => products[at])),
  )
  const shares = new Float32Array(columns.length)
  const gains = new Float32Array(columns.length).fill(1)
  for (const [column, { count, products }] of each.entries()) {
    const drawn = products.map((x, at) => (count * x + POOLED * pooled[at]) / (count + POOLED))
    const [, share] = stackingWeights(drawn, 2)
    if (share < LEAST_WEIGHT) continue
    shares[column] = share
    const squares = (1 - share) ** 2 * drawn[0] + 2 * share * (1 - share) * drawn[1] + share ** 2 * drawn[3]
    gains[column] = Math.sqrt(squares / drawn[0])
  }
  return { shares, gains }
}

const dotted = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, at) => sum + x * b[at], 0)
const meanOf = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, x) => sum + x, 0) / numbers.length

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
