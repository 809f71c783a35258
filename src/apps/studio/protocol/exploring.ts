/** Exploring: all of it is about one model, the one in training as it stands at `look`, or one that was opened. */
import type { Cell, Given, Projection, Recipe, TraversalUnit } from '../../../inside.ts'
import type { DataCard } from './data.ts'
import type { Shown } from './shown.ts'

/** What is being explored. */
export interface Subject {
  readonly name: string
  /** 'training' as it stood after `step` updates, or 'run' as it was opened. */
  readonly of: 'training' | 'run'
  readonly step: number
  readonly recipe: Recipe
  readonly latent: number
  readonly stochastic: boolean
  readonly hasPrior: boolean
  readonly exampleShape: readonly number[]
  readonly kind: DataCard['kind']
  /** Examples that can be explored; 0 where a model was opened without any. */
  readonly examples: number
  /** Whether the table that it was trained on is open, with all of its columns. */
  readonly hasTable: boolean
}

export interface MapRequest {
  /** Name of a projection; default pca. */
  readonly by?: Projection['name']
  /** Name of a coloring of `LatentPlane.colorings`. */
  readonly color?: string
  /** Most points; default 2,000. */
  readonly count?: number
}

/** Examples where the encoder puts them. */
export interface LatentPlane {
  /** [n, 2]. */
  readonly points: Float32Array<ArrayBuffer>
  readonly axes: readonly [string, string]
  /** Position of each point's example, as every other request takes it [n]. */
  readonly examples: Uint32Array<ArrayBuffer>
  /** Whole numbers from 0; NaN where nothing is known; absent where nothing tells points apart [n]. */
  readonly colors?: Float32Array<ArrayBuffer>
  readonly coloring?: string
  /** What colors are called, where that says more than their number: all, or the ends of a ramp. */
  readonly colorNames?: Readonly<Record<number, string>>
  readonly colorings: readonly string[]
  /** Posterior means [n, latent]. */
  readonly codes: Float32Array<ArrayBuffer>
  /**
   * For projections that can be undone (a code of two dimensions, PCA), the code of place (x, y) is
   * origin + x·across + y·up; absent for others. Each [latent].
   */
  readonly back?: {
    readonly origin: Float32Array<ArrayBuffer>
    readonly across: Float32Array<ArrayBuffer>
    readonly up: Float32Array<ArrayBuffer>
  }
}

/** Where sliders start and how long a step is: position p of dimension d is the code `base` with center[d] + p·step[d]. */
export interface Frame {
  readonly unit: TraversalUnit
  readonly base: Float32Array<ArrayBuffer>
  readonly center: Float32Array<ArrayBuffer>
  readonly step: Float32Array<ArrayBuffer>
}

/** What one code or example of a conditional model is given, by name. */
export type GivenValues = Readonly<Record<string, Cell>>

/** The same of many: one value for all, or one for each. */
export interface UnderCondition {
  /** Of a model with a condition; without it as is most usual. */
  readonly condition?: Given
}

export interface FrameRequest {
  /** Position of the example whose code is held; without it the mean. */
  readonly example?: number
  readonly unit?: TraversalUnit
}

export interface TraversalRequest extends FrameRequest, UnderCondition {
  /** Rows of the grid, in this order; default: all, by KL. */
  readonly dimensions?: readonly number[]
  /** Columns, in steps of the frame. */
  readonly positions: readonly number[]
}

/** What one column of a table comes to along a dimension. */
export interface Track {
  readonly column: string
  /** Of numbers and dates by position, from 0 to 1: the least and the greatest along any dimension. */
  readonly heights?: readonly number[]
  /** Its cells as they are written. */
  readonly texts: readonly string[]
  /** How far it moves, as a share of the way it goes along any dimension; of levels 1 where they change. */
  readonly moves: number
}

/** `images.count` is dimensions × positions, row by row. */
export interface TraversalGrid {
  readonly dimensions: readonly number[]
  readonly positions: readonly number[]
  readonly images: Shown
  /** Of a table: for each dimension its columns, those that move most first. */
  readonly tracks?: readonly (readonly Track[])[]
}

/** A code, its uncertainty, and what comes back out of it. */
export interface Encoding {
  readonly mean: Float32Array<ArrayBuffer>
  /** Absent where the latent is deterministic. */
  readonly deviation?: Float32Array<ArrayBuffer>
  readonly original: Shown
  readonly reconstruction: Shown
  /** In nats; absent where there is no KL. */
  readonly elbo?: number
}

/** An own example: a file of the data's kind (its first row or image), or values typed in [features]. */
export type OwnExample = { readonly file: File } | { readonly cells: readonly Cell[] }

export interface Neighbor {
  readonly example: number
  /** Euclidean, between posterior means. */
  readonly distance: number
}

/** Examples beside what comes back of them, in the same order. */
export interface Reconstructed {
  readonly originals: Shown
  readonly reconstructions: Shown
}

/** The images that cost a model most. */
export interface UnusualImages {
  /** The dearest first. */
  readonly examples: readonly number[]
  /** What each costs: −ELBO, or where there is none its reconstruction, above what its pixels cost at the least. */
  readonly nats: readonly number[]
  /** What half of all cost less than. */
  readonly usual: number
  /** How many were looked at. */
  readonly of: number
}
