/** What each kept detector measures of rows, and what they come to together, as in `infer/tables/detectors.ts`. */
import type { TableLayout } from '../../data/tables/layout.ts'
import type { Feeds } from '../../engine/engine.ts'
import { DETECTING, FINDERS } from '../../infer/tables/detecting.ts'
import { type DetectorView, detectorView } from '../../infer/tables/detector-view.ts'
import { POWER } from '../../infer/tables/detectors.ts'
import { NODE_NUMBERS } from '../../statistics/anomaly/kept/forest.ts'
import { NEAREST } from '../../statistics/anomaly/kept/prototypes.ts'
import { DEEPEST, KNOTS, RARITY_NUMBERS } from '../../statistics/anomaly/kept/rarity.ts'
import { type Emitter, tensorOf } from './emitter.ts'
import { inGaussian } from './gaussian.ts'

/** Values of rows, all float64: [batch, width], [batch, columns] and [batch, 1]. */
export interface ScoredValues {
  readonly rows: string
  readonly cells: string
  readonly alone: string
  readonly kl: string
  readonly reconstruction: string
  /** −ELBO and, weighed, what cells cost alone. */
  readonly weighed: string
}

/** The score of models that keep detectors [batch, 1]; undefined of others. */
export function detectedScore(
  e: Emitter,
  values: Feeds,
  layout: TableLayout,
  found: ScoredValues,
): string | undefined {
  const { [DETECTING.rarity]: rarity, [DETECTING.weights]: weights } = values
  if (!rarity || !weights || !values[DETECTING.natsScale]) return undefined
  const measures = [
    found.weighed,
    e.op('Add', [found.kl, found.reconstruction]),
    found.kl,
    natsDistance(e, values, layout, found),
    ...(values[DETECTING.scale] ? cellMeasures(e, values, layout, found.rows) : []),
  ]
  const nothing = e.op('Mul', [found.kl, 0])
  const kept = Float64Array.from(rarity.data)
  const parts = FINDERS.map((_, at) => {
    const own = kept.subarray(at * RARITY_NUMBERS, (at + 1) * RARITY_NUMBERS)
    const nats = rarityOf(e, own, measures[at] ?? nothing)
    return e.op('Mul', [e.op('Pow', [nats, POWER]), weights.data[at]])
  })
  return e.op('Pow', [parts.reduce((sum, part) => e.op('Add', [sum, part])), 1 / POWER])
}

const numbers = (values: Feeds, name: string): Float32Array => Float32Array.from(values[name].data)

/** Columns of a matrix, by their places. */
const columnsAt = (e: Emitter, matrix: string, places: readonly number[]): string =>
  e.op('Gather', [matrix, e.onnx.integers(places)], { axis: 1 })

function natsDistance(e: Emitter, values: Feeds, layout: TableLayout, { rows, cells, alone }: ScoredValues) {
  const masks = layout.columns.map(({ mask }) => mask)
  const known = columnsAt(e, rows, [...masks, ...masks])
  const scale = numbers(values, DETECTING.natsScale)
  const count = 2 * masks.length
  const nats = e.op('Concat', [alone, cells], { axis: 1 })
  const gaussian = {
    mean: numbers(values, DETECTING.natsMean),
    factor: numbers(values, DETECTING.natsFactor),
  }
  return inGaussian(e, gaussian, standardized(e, nats, scale, count, known), known).distance
}

function standardized(e: Emitter, x: string, scale: Float32Array, count: number, known: string): string {
  const moved = e.op('Sub', [x, e.constant(scale.subarray(0, count), [1, count])])
  const divided = e.op('Div', [moved, e.constant(scale.subarray(count, 2 * count), [1, count])])
  return e.op('Mul', [divided, known])
}

/** Those that look at a row's numbers themselves. */
function cellMeasures(e: Emitter, values: Feeds, layout: TableLayout, rows: string): string[] {
  const view = detectorView(layout)
  const gaussian = { mean: numbers(values, DETECTING.mean), factor: numbers(values, DETECTING.factor) }
  const [seen, known] = viewed(e, view, rows)
  const scaled = standardized(e, seen, numbers(values, DETECTING.scale), view.width, known)
  const { filled, distance } = inGaussian(e, gaussian, scaled, known)
  return [
    distance,
    prototypeDistance(e, numbers(values, DETECTING.prototypes), view.width, filled),
    isolation(e, numbers(values, DETECTING.forest), numbers(values, DETECTING.roots), filled),
    middleDistance(e, numbers(values, DETECTING.middle), view.width, filled),
  ]
}

/** The numbers that detectors look at, counts as logarithms, and which are known. */
function viewed(e: Emitter, { width, columns }: DetectorView, rows: string): [seen: string, known: string] {
  const slots = columns.flatMap((column) => column.slots)
  const masks = columns.flatMap((column) => column.slots.map(() => column.mask))
  const isCount = columns.flatMap((column) => column.slots.map(() => (column.group === 'count' ? 1 : 0)))
  const x = columnsAt(e, rows, slots)
  const known = columnsAt(e, rows, masks)
  if (!isCount.includes(1)) return [x, known]
  const logs = e.op('Log', [e.op('Add', [e.op('Max', [x, 0]), 1])])
  const counts = e.constant(isCount, [1, width], 'bool')
  return [e.op('Where', [counts, logs, x]), known]
}

function prototypeDistance(e: Emitter, prototypes: Float32Array, width: number, rows: string): string {
  const count = prototypes.length / width
  const transposed = Float64Array.from(
    { length: prototypes.length },
    (_, at) => prototypes[(at % count) * width + Math.floor(at / count)],
  )
  const squares = Float64Array.from({ length: count }, (_, own) =>
    prototypes.subarray(own * width, (own + 1) * width).reduce((sum, x) => sum + x ** 2, 0),
  )
  const products = e.op('MatMul', [rows, e.constant(transposed, [width, count])])
  const all = e.op('Add', [
    e.op('Sub', [e.constant(squares, [1, count]), e.op('Mul', [products, 2])]),
    e.sum(e.op('Mul', [rows, rows]), 1),
  ])
  const nearest = Math.min(NEAREST, count)
  const [smallest] = e.special(
    {
      type: 'TopK',
      inputs: [all, e.onnx.integers([nearest])],
      attributes: { axis: 1, largest: 0, sorted: 1 },
    },
    2,
  )
  return e.op('Div', [e.sum(e.op('Sqrt', [e.op('Max', [smallest, 0])]), 1), nearest])
}

/** Minus the mean path; the leaf of each tree is an output of its own, so that none loses a digit in a sum. */
function isolation(e: Emitter, nodes: Float32Array, roots: Float32Array, rows: string): string {
  const count = nodes.length / NODE_NUMBERS
  const trees = new Array<number>(count).fill(0)
  for (const [tree, root] of roots.entries()) trees.fill(tree, root, roots[tree + 1] ?? count)
  const own = (node: number) => node - roots[trees[node]]
  const all = Array.from({ length: count }, (_, node) => {
    const [column, number, left] = nodes.subarray(node * NODE_NUMBERS, (node + 1) * NODE_NUMBERS)
    return { node, isLeaf: column < 0, column, number, left: own(left) }
  })
  const leaves = all.filter(({ isLeaf }) => isLeaf)
  const [paths] = e.special({
    type: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    inputs: [rows],
    attributes: {
      n_targets: roots.length,
      nodes_treeids: trees,
      nodes_nodeids: all.map(({ node }) => own(node)),
      nodes_featureids: all.map(({ isLeaf, column }) => (isLeaf ? 0 : column)),
      nodes_modes: { strings: all.map(({ isLeaf }) => (isLeaf ? 'LEAF' : 'BRANCH_LEQ')) },
      nodes_values_as_tensor: tensorOf(
        'thresholds',
        all.map(({ isLeaf, number }) => (isLeaf ? 0 : number)),
      ),
      nodes_truenodeids: all.map(({ isLeaf, left }) => (isLeaf ? 0 : left)),
      nodes_falsenodeids: all.map(({ isLeaf, left }) => (isLeaf ? 0 : left + 1)),
      target_treeids: leaves.map(({ node }) => trees[node]),
      target_nodeids: leaves.map(({ node }) => own(node)),
      target_ids: leaves.map(({ node }) => trees[node]),
      target_weights_as_tensor: tensorOf(
        'paths',
        leaves.map(({ number }) => number),
      ),
    },
  })
  return e.op('Div', [e.sum(e.cast(paths, 'float64'), 1), -roots.length])
}

function middleDistance(e: Emitter, middle: Float32Array, width: number, rows: string): string {
  const off = e.op('Div', [
    e.op('Sub', [rows, e.constant(middle.subarray(0, width), [1, width])]),
    e.constant(middle.subarray(width), [1, width]),
  ])
  return e.op('Log', [e.op('Add', [e.sum(e.op('Mul', [off, off]), 1), 1])])
}

/** −log of the share of training rows that reach a value, as `statistics/anomaly/kept/rarity.ts` keeps it. */
function rarityOf(e: Emitter, kept: Float64Array, value: string): string {
  const knots = kept.slice(0, KNOTS)
  const [excess, seen] = kept.subarray(KNOTS)
  const last = knots[KNOTS - 1]
  const beyond = e.op('Div', [e.op('Sub', [value, last]), excess])
  const further = e.op('Add', [e.op('Log', [e.op('Max', [e.op('Add', [beyond, 1 - seen]), 1])]), seen])
  const tail = e.op('Add', [e.op('Where', [e.op('Greater', [beyond, seen]), further, beyond]), DEEPEST])
  const low = e.sum(e.cast(e.op('Less', [e.constant(knots, [1, KNOTS]), value]), 'float64'), 1)
  const table = e.constant(knots, [KNOTS])
  const place = e.op('Min', [e.op('Max', [low, 1]), KNOTS - 1])
  const at = (index: string) => e.op('Gather', [table, e.cast(index, 'int64')])
  const before = at(e.op('Sub', [place, 1]))
  const share = e.op('Div', [e.op('Sub', [value, before]), e.op('Sub', [at(place), before])])
  const between = e.op('Mul', [e.op('Add', [e.op('Sub', [low, 1]), share]), DEEPEST / (KNOTS - 1)])
  const within = e.op('Where', [e.op('Equal', [low, 0]), 0, between])
  return e.op('Where', [e.op('Greater', [value, last]), tail, within])
}
