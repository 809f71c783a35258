/** A table of thirty columns of mixed kinds: rows of values and a mask for each column, one cell in ten missing. */
import { dense, type Network } from './layer.ts'

/** What the numbers of a column are; those of a categorical one are a 1 among zeros. */
export interface Column {
  readonly group: 'real' | 'count' | 'binary' | 'categorical'
  readonly slots: number
}

const several = (count: number, group: Column['group'], slots = 1): Column[] =>
  Array.from({ length: count }, () => ({ group, slots }))

export const columns: readonly Column[] = [
  ...several(12, 'real'),
  ...several(6, 'count'),
  ...several(6, 'binary'),
  ...several(6, 'categorical', 5),
]

const VALUES = columns.reduce((sum, { slots }) => sum + slots, 0)
const WIDTH = VALUES + columns.length
const [HIDDEN, LATENT] = [128, 16]

/** Numbers that the likelihood learns besides: scale and degrees of freedom of each real column. */
export const learnedByLikelihood = 2 * columns.filter(({ group }) => group === 'real').length

/** One hidden layer, as models of tables have by default. */
export const table: Network = {
  shape: [WIDTH],
  latent: LATENT,
  encoder: [dense(WIDTH, HIDDEN, 'relu')],
  mean: dense(HIDDEN, LATENT, 'identity'),
  logVariance: dense(HIDDEN, LATENT, 'identity'),
  decoder: [dense(LATENT, HIDDEN, 'relu'), dense(HIDDEN, VALUES, 'identity')],
}

/** Rows that a few common causes make: float32 [count, values and masks]. */
export function tableRows(count: number, random: () => number): Float32Array {
  const rows = new Float32Array(count * WIDTH)
  for (let row = 0; row < rows.length; row += WIDTH) {
    const causes = Array.from({ length: 4 }, () => 2 * random() - 1)
    let at = row
    columns.forEach(({ group, slots }, column) => {
      const pull = causes[column % 4] + 0.5 * causes[(column + 1) % 4] + 0.3 * (2 * random() - 1)
      const isThere = random() >= 0.1
      if (isThere) write[group](rows.subarray(at, at + slots), pull)
      rows[row + VALUES + column] = isThere ? 1 : 0
      at += slots
    })
  }
  return rows
}

const write: Readonly<Record<Column['group'], (cell: Float32Array, pull: number) => void>> = {
  real: (cell, pull) => cell.fill(pull),
  count: (cell, pull) => cell.fill(Math.floor(Math.exp(1 + pull))),
  binary: (cell, pull) => cell.fill(pull > 0 ? 1 : 0),
  categorical: (cell, pull) =>
    cell.fill(1, Math.floor(((pull + 1.8) / 3.6) * cell.length)).fill(0, 1 + cell.indexOf(1)),
}

/** A row as the encoder is shown it: counts as log(1 + x). */
export const shownRow = (row: Float64Array): Float64Array =>
  row.map((value, i) => (i < VALUES && groupOf[i] === 'count' ? Math.log1p(value) : value))

const groupOf = columns.flatMap(({ group, slots }) => several(slots, group).map(() => group))

/** −log p of a row in nats from what the decoder gives, where scales are 1 and Student-t has four degrees of freedom. */
export function tableNats(output: Float64Array, row: Float64Array): number {
  let [nats, at] = [0, 0]
  columns.forEach(({ group, slots }, column) => {
    if (row[VALUES + column] > 0)
      nats += natsOf[group](output.subarray(at, at + slots), row.subarray(at, at + slots))
    at += slots
  })
  return nats
}

/** log Γ(2) − log Γ(5/2) + ½ log 4π */
const STUDENT = Math.log(4 / (3 * Math.sqrt(Math.PI))) + 0.5 * Math.log(4 * Math.PI)

const natsOf: Readonly<Record<Column['group'], (output: Float64Array, x: Float64Array) => number>> = {
  real: ([center], [x]) => STUDENT + 2.5 * Math.log1p((x - center) ** 2 / 4),
  count: ([rate], [x]) =>
    Math.exp(rate) -
    x * rate +
    Array.from({ length: x }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0),
  binary: ([logit], [x]) => Math.max(logit, 0) - x * logit + Math.log1p(Math.exp(-Math.abs(logit))),
  categorical: (logits, x) =>
    Math.log(logits.reduce((sum, l) => sum + Math.exp(l), 0)) - logits[x.indexOf(1)],
}
