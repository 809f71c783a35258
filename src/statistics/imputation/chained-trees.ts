import { streamOf } from '../../base/random.ts'
import { addTrees, fitTrees } from './extra-trees.ts'
import type { GapColumn, GapShape, GapTable } from './gap-table.ts'
import type { Imputer } from './imputer.ts'

/** Trees of a column: many where they are small. */
const TREES = [20, 40] as const
/** Rows that the trees of a column pass in all, where they are more than the fewest. */
const TREE_ROWS = 8000
/** Of the columns, those that a node looks at: half of them cost half the time and are as good. */
const TRIED = 0.5
/** Rows of a leaf at least. Of 2, 3 and 5, errors over ten tables are 0.975, 0.994 and 1.031 of the joint Gaussian’s; a mean of two rows tells too much of them. */
const LEAST = 3
/** Numbers that the trees of all columns come to at most, about: 1.6 MB. */
const MOST_NUMBERS = 400_000
/** Numbers that a node and a leaf take, besides what the leaf says. */
const NODE = 4
/** Rows that the trees of a column learn from at most. */
const MOST_ROWS = 2000
/** Comparisons that all trees may take: some seconds. */
const MOST_WORK = 2e9

const growing = streamOf('chained-trees')

/**
 * Extra trees for each column over all others, whose gaps were filled a first time. Stekhoven & Bühlmann 2012 chain
 * forests from the columns' means until fills settle; begun with the joint Gaussian, one round does.
 */
export const chainedTrees: Imputer = {
  name: 'trees',
  says: 'extra trees over the other columns',
  fit(table, { seed, first }) {
    const forests = table.columns.map((column, place) => fitColumn(table, column, place, { seed, first }))
    if (forests.every((forest) => forest.length === 0)) return undefined
    const out = new Float32Array(forests.length + forests.reduce((sum, { length }) => sum + length, 0))
    let at = forests.length
    for (const [place, forest] of forests.entries()) {
      out[place] = forest.length
      out.set(forest, at)
      at += forest.length
    }
    return out
  },
  open(learned, shape) {
    const forests = forestsOf(learned, shape)
    const others = new Float64Array(shape.width)
    const own = new Float64Array(shape.width)
    return (table, row, _, out) => {
      const { columns, known } = table
      own.set(out)
      for (let place = 0; place < columns.length; place++) {
        if (known[row * columns.length + place] === 1 || forests[place].length === 0) continue
        const { at, slots } = columns[place]
        others.set(out.subarray(0, at))
        others.set(out.subarray(at + slots), at)
        own.fill(0, at, at + slots)
        addTrees(forests[place], others, slots, own, at)
      }
      out.set(own)
    }
  },
}

function forestsOf(learned: Float32Array, { columns }: GapShape): Float32Array[] {
  let at = columns.length
  return columns.map((_, place) => {
    const from = at
    at += learned[place]
    return learned.subarray(from, at)
  })
}

interface Chaining {
  readonly seed: number
  readonly first: Float64Array
}

/** The trees of a column; empty where too few of its cells are known. */
function fitColumn(
  table: GapTable,
  { at, slots }: GapColumn,
  place: number,
  { seed, first }: Chaining,
): Float32Array {
  const { width, columns, targets } = table
  const rows = knownRows(table, place)
  if (rows.length < 2 * LEAST || width === slots) return new Float32Array(0)
  const count = rows.length
  const others = new Float32Array((width - slots) * count)
  for (let slot = 0, to = 0; slot < width; slot++) {
    if (slot >= at && slot < at + slots) continue
    for (let i = 0; i < count; i++) others[to + i] = first[rows[i] * width + slot]
    to += count
  }
  const own = new Float64Array(count * slots)
  for (let i = 0; i < count; i++)
    for (let slot = 0; slot < slots; slot++) own[i * slots + slot] = targets[rows[i] * width + at + slot]
  const room = MOST_NUMBERS / columns.length
  const trees = Math.min(Math.max(TREES[0], Math.floor(TREE_ROWS / count)), TREES[1])
  const affordable = MOST_WORK / (width * count * trees * 10)
  return fitTrees(
    { rows: others, width: width - slots, count, targets: own, outputs: slots },
    {
      trees,
      // Leaves hold about one and a half times the rows that they must.
      least: Math.max(LEAST, Math.ceil((trees * count * (NODE + slots)) / (1.5 * room))),
      tried: Math.max(1, Math.floor(Math.min(TRIED * (width - slots), affordable))),
      ...{ seed, stream: growing + place },
    },
  )
}

function knownRows({ count, columns, known }: GapTable, place: number): number[] {
  const rows: number[] = []
  for (let row = 0; row < count; row++) if (known[row * columns.length + place] === 1) rows.push(row)
  if (rows.length <= MOST_ROWS) return rows
  return Array.from({ length: MOST_ROWS }, (_, at) => rows[Math.floor((at * rows.length) / MOST_ROWS)])
}
