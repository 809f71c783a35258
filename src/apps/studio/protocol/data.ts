/** Data: where they come from, and what they are. */
import type { ColumnCard } from '../../../inside.tables.ts'
import type { Shown } from './shown.ts'

/** Where examples come from. */
export type DataSource =
  /** Bundled with the page: one of `Vocabulary.data`. */
  | { readonly kind: 'bundled'; readonly name: string }
  /** Dropped by the visitor: one .csv, .npz, .npy or IDX file, or images. */
  | {
      readonly kind: 'files'
      readonly files: readonly File[]
      /** Where each lay in what was dropped, with slashes; default: beside each other. */
      readonly paths?: readonly string[]
      /** Column or array of class numbers; without it the one named `label`. */
      readonly label?: string
      /** Side that images are cropped and scaled to; default: their own, and no more than 64, of color images 32. */
      readonly size?: number
      /** Of columns whose kind somebody knows better than their cells tell, by name. */
      readonly kinds?: Readonly<Record<string, ColumnKind>>
      /** Columns that a model is given instead of learning from them. */
      readonly given?: readonly string[]
    }

/** Kinds that a person may say a column is of. */
export const columnKinds = ['real', 'count', 'categorical', 'binary', 'datetime', 'identifier'] as const
export type ColumnKind = (typeof columnKinds)[number]

export type { ColumnCard }

/** What the data are, for people to check at a glance. */
export interface DataCard {
  readonly name: string
  /** Whether they are the visitor's own, whatever they are called. */
  readonly isOwn: boolean
  readonly count: number
  /** [channels, height, width] for images, [features] else. */
  readonly exampleShape: readonly number[]
  readonly kind: 'images' | 'table' | 'numbers'
  /** Examples of each class by its number; absent without classes. */
  readonly classes?: readonly number[]
  /** Of a table: what is modelled, and what a model is given. */
  readonly columns?: readonly ColumnCard[]
  /** Names of these. */
  readonly given?: readonly string[]
  /** Names of what is known of examples that have no columns: the class, factors. */
  readonly known: readonly string[]
  /** The first few examples. */
  readonly examples: Shown
  /** Anything that is worth knowing, such as files that were left out. */
  readonly notes: readonly string[]
}

/** Examples that the server sends along with a run. */
export interface ExampleSet {
  /** [n, ...exampleShape], in the data's own units; of a table its encoded rows. */
  readonly data: Uint8Array | Float32Array
  readonly shape: readonly number[]
  readonly labels?: Int32Array
  /** What the model is given of each [n, width]; absent where that is nothing. */
  readonly condition?: Float32Array
  /** Their row numbers in the data; default: 0 to n − 1. */
  readonly rows?: Uint32Array
}
