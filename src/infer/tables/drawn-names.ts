import type { Feeds } from '../../engine/engine.ts'

const BEGINNING = 'drawn.'

/** Names under which a model of a table keeps how its columns are drawn; most of them for each column or slot, by number. */
export const DRAWN = {
  /** The places of all columns in the order in which they are drawn. */
  order: `${BEGINNING}order`,
  /** Bins of what a slot holds. */
  bins: `${BEGINNING}bins.`,
  /** The variables that a column's tree asks for. */
  features: `${BEGINNING}features.`,
  tree: `${BEGINNING}tree.`,
} as const

/** Shapes of what may be kept: lists, as long as they are. */
export const drawnShapes = (given: Feeds): [string, readonly number[]][] =>
  Object.entries(given).flatMap(([name, { data }]) =>
    name.startsWith(BEGINNING) ? [[name, [data.length]]] : [],
  )
