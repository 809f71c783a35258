import type { Cell } from '../../data/tables/cell.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { SavedProgram } from '../../graph/saved-program.ts'
import type { Range } from '../grid.ts'
import type { Legend } from '../map/latent-map.ts'

/** All that an explorer page knows of a model, as plain JSON; arrays of floats are base64 of float32, low byte first. */
export interface Contents {
  readonly exampleShape: readonly number[]
  /** From `z` ['batch', latent] to `reconstruction`. */
  readonly decoder: SavedProgram
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]
  /** The parameters' numbers, one after the other. */
  readonly weights: string
  /** Position p of dimension d is the code's entry center[d] + p · step[d]; all begin at 0. */
  readonly center: readonly number[]
  readonly step: readonly number[]
  /** Codes that were drawn as the model draws its samples [n, latent]. */
  readonly draws: string
  readonly plane?: Plane
  /** Values that are black and white, where examples are images. */
  readonly range?: Range
  /** Names of an example's numbers, where it is no image. */
  readonly columns?: readonly string[]
  /** Where examples are encoded rows of a table: what its columns are. */
  readonly table?: TableSchema
}

/** Codes of examples, to be seen in the plane of any two dimensions. */
export interface Plane {
  /** [n, latent]. */
  readonly codes: string
  /** Points of one color, a custom property of the style sheet: their numbers. */
  readonly sets: readonly { readonly tone: string; readonly members: readonly number[] }[]
  readonly legend?: Legend
}

/** Id of the element that holds the contents. */
export const CONTENTS_ID = 'contents'
/** How far sliders and the plane go, in steps from the center. */
export const REACH = 3
/** Name under which a page of a table has its `ReadRows`; other pages need nothing of it, and it is most of the code. */
export const READ_ROWS = 'betavaeReadRows'
/** Cells of decoded rows [n, width] of a table, row by row. */
export type ReadRows = (table: TableSchema) => (decoded: Float64Array) => Cell[][]
