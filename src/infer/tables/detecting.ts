import type { Feeds } from '../../engine/engine.ts'

/** Names under which a model of a table keeps its detectors; those of columns are absent where none is looked at. */
export const DETECTING = {
  /** What is taken off each number of a row, and what the rest is divided by [2, numbers]. */
  scale: 'odd.scale',
  mean: 'odd.mean',
  factor: 'odd.factor',
  prototypes: 'odd.prototypes',
  /** Nodes of trees [nodes, 3], and where each tree's root is [trees]. */
  forest: 'odd.forest',
  roots: 'odd.roots',
  /** The median of each number, and after these its spread as half of the rows have it [2 × numbers]. */
  middle: 'odd.middle',
  /** The same of the nats of its cells: alone in their columns, and given the code [2, 2 × columns]. */
  natsScale: 'odd.nats.scale',
  natsMean: 'odd.nats.mean',
  natsFactor: 'odd.nats.factor',
  /** How rare each detector's measures are [detectors, 66]. */
  rarity: 'odd.rarity',
  /** How much each detector's rarity counts [detectors]. */
  weights: 'odd.weights',
} as const

/** What may find a row, in plain words, in the order in which its rarity is kept. */
export const FINDERS = [
  'rare cells',
  'what the model expects',
  'far out in the code',
  'pattern of rare cells',
  'dependence between columns',
  'no similar rows',
  'isolation by random cuts',
  'far from the middle',
] as const
/** @inline */
export type FoundBy = (typeof FINDERS)[number]

/** Shapes of what a model with detectors keeps. */
export const detectorShapes = (given: Feeds): [string, readonly number[]][] =>
  Object.values(DETECTING).map((name) => {
    const [first = 0, second] = given[name]?.shape ?? []
    if (name === DETECTING.rarity) return [name, [FINDERS.length, second]]
    return [name, second === undefined ? [first] : [first, second]]
  })
