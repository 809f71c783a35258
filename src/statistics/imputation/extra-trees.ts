/** Extremely randomized trees for several targets at once. Geurts, Ernst & Wehenkel 2006. */
import { philoxBlock } from '../../base/random.ts'

export interface TreeOptions {
  readonly trees: number
  /** Rows of a leaf at least. */
  readonly least: number
  /** Columns that a node looks at. */
  readonly tried: number
  readonly seed: number
  readonly stream: number
}

export interface TreeRows {
  /** Column after column [width × count]. */
  readonly rows: Float32Array
  readonly width: number
  readonly count: number
  /** [count × outputs] */
  readonly targets: Float64Array
  readonly outputs: number
}

/** Uniform numbers one after another. */
export function uniforms(seed: number, stream: number, step: number): () => number {
  const block = new Uint32Array(4)
  let at = 4
  let index = 0
  return () => {
    if (at === 4) {
      philoxBlock(seed | 0, 0, index++, stream | 0, step | 0, 0, block)
      at = 0
    }
    return block[at++] / 2 ** 32
  }
}

/**
 * Trees one after another as float32 numbers: their number, the place of each, then nodes, each before its left child and
 * that before the right one. A node is [column + 1, threshold, place of the right child]; a leaf [0, …means].
 */
export function fitTrees(
  { rows, width, count, targets, outputs }: TreeRows,
  options: TreeOptions,
): Float32Array {
  const nodes: number[] = []
  const starts: number[] = []
  for (let tree = 0; tree < options.trees; tree++) {
    starts.push(nodes.length)
    const uniform = uniforms(options.seed, options.stream, tree)
    const order = Int32Array.from({ length: count }, (_, i) => i)
    grow(
      {
        rows,
        width,
        count,
        sums: new Float64Array(2 * outputs),
        targets,
        outputs,
        order,
        nodes,
        uniform,
        options,
        spare: new Int32Array(count),
        columns: Int32Array.from({ length: width }, (_, i) => i),
      },
      0,
      count,
    )
  }
  const head = 1 + starts.length
  return Float32Array.from([starts.length, ...starts.map((start) => start + head)].concat(nodes))
}

interface Growing extends TreeRows {
  readonly order: Int32Array
  readonly sums: Float64Array
  readonly spare: Int32Array
  readonly columns: Int32Array
  readonly nodes: number[]
  readonly uniform: () => number
  readonly options: TreeOptions
}

function grow(growing: Growing, from: number, to: number): void {
  const { nodes, targets, outputs, order, options } = growing
  const size = to - from
  const split = size >= 2 * options.least ? chooseSplit(growing, from, to) : undefined
  if (!split) {
    nodes.push(0)
    for (let out = 0; out < outputs; out++) {
      let sum = 0
      for (let i = from; i < to; i++) sum += targets[order[i] * outputs + out]
      nodes.push(sum / size)
    }
    return
  }
  const at = nodes.length
  nodes.push(split.column + 1, split.threshold, 0)
  const middle = partition(growing, from, to, split)
  grow(growing, from, middle)
  nodes[at + 2] = nodes.length
  grow(growing, middle, to)
}

interface Split {
  readonly column: number
  readonly threshold: number
}

/** Of some columns, each cut at a place by chance, the one that leaves the least squared error. */
function chooseSplit(growing: Growing, from: number, to: number): Split | undefined {
  const { rows, width, count, order, columns, uniform, options } = growing
  let best: Split | undefined
  let most = 1e-12
  for (let drawn = 0, looked = 0; drawn < width && looked < options.tried; drawn++) {
    const pick = drawn + Math.floor(uniform() * (width - drawn))
    const column = columns[pick]
    columns[pick] = columns[drawn]
    columns[drawn] = column
    const base = column * count
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = from; i < to; i++) {
      const x = rows[base + order[i]]
      if (x < low) low = x
      if (x > high) high = x
    }
    if (!(high > low)) continue
    looked++
    const threshold = Math.fround(low + uniform() * (high - low))
    const gain = gainOf(growing, from, to, base, threshold)
    if (gain > most) {
      most = gain
      best = { column, threshold }
    }
  }
  return best
}

/** How much a cut lowers the squared error; 0 where it leaves too few rows on a side. */
function gainOf(
  { rows, targets, outputs, order, options, sums }: Growing,
  from: number,
  to: number,
  base: number,
  threshold: number,
): number {
  let left = 0
  sums.fill(0)
  if (outputs === 1) {
    let [sumLeft, sum] = [0, 0]
    for (let i = from; i < to; i++) {
      const row = order[i]
      const y = targets[row]
      sum += y
      if (rows[base + row] <= threshold) {
        left++
        sumLeft += y
      }
    }
    sums[0] = sumLeft
    sums[1] = sum
  } else
    for (let i = from; i < to; i++) {
      const row = order[i]
      const isLeft = rows[base + row] <= threshold
      if (isLeft) left++
      for (let out = 0; out < outputs; out++) {
        const y = targets[row * outputs + out]
        sums[2 * out + 1] += y
        if (isLeft) sums[2 * out] += y
      }
    }
  const right = to - from - left
  if (left < options.least || right < options.least) return 0
  let gain = 0
  for (let out = 0; out < outputs; out++) {
    const [own, all] = [sums[2 * out], sums[2 * out + 1]]
    gain += own ** 2 / left + (all - own) ** 2 / right - all ** 2 / (left + right)
  }
  return gain
}

function partition(
  { rows, count, order, spare }: Growing,
  from: number,
  to: number,
  { column, threshold }: Split,
): number {
  let kept = from
  let moved = 0
  const base = column * count
  for (let i = from; i < to; i++) {
    const row = order[i]
    if (rows[base + row] <= threshold) order[kept++] = row
    else spare[moved++] = row
  }
  for (let i = 0; i < moved; i++) order[kept + i] = spare[i]
  return kept
}

/** Adds what the trees say of a row, on average, to `out` from `at` on. */
export function addTrees(
  forest: Float32Array,
  row: ArrayLike<number>,
  outputs: number,
  out: Float64Array,
  at: number,
): void {
  const [trees] = forest
  const head = 1 + trees
  for (let tree = 0; tree < trees; tree++) {
    let node = forest[1 + tree]
    // Trees learned from float32 numbers.
    while (forest[node] !== 0)
      node = Math.fround(row[forest[node] - 1]) <= forest[node + 1] ? node + 3 : head + forest[node + 2]
    for (let k = 0; k < outputs; k++) out[at + k] += forest[node + 1 + k] / trees
  }
}
