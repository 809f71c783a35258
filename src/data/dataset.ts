import { type NDArray, type NumericArray, ndarray, takeRows } from '../base/arrays.ts'
import type { ConcreteShape } from '../base/shape.ts'
import type { Purpose } from './purpose.ts'
import type { Split, SplitRequest } from './split.ts'
import type { Level } from './tables/levels.ts'
import type { TableSchema } from './tables/schema.ts'
import type { WindowPlaces } from './tables/windows/places.ts'
import type { Series } from './tables/windows/series.ts'
import type { Windows } from './tables/windows/windows.ts'

/** How large a model of a data set is and how long it trains, where the user does not say. @inline */
export interface TrainingDefaults {
  /** Dimensions of the code. */
  readonly latent?: number
  /** An architecture with its options; one of the same name that is asked for has the rest of its options from here. */
  readonly architecture?: { readonly name: string; readonly [option: string]: unknown }
  /** Updates, and examples in each. */
  readonly steps?: number
  readonly batch?: number
  /** Where training ends before these steps: after as many without a rise of the held-out ELBO, the best being kept. */
  readonly patience?: number
  /** Steps where too few rows are held out to say when it is enough. */
  readonly short?: number
  /** Learning rates of the first and the last step, linear in between. */
  readonly rates?: readonly [first: number, last: number]
}

/** How a data set wants to be treated where the user does not say. @inline */
export interface DatasetDefaults extends TrainingDefaults {
  readonly binarize?: Binarize
  readonly likelihood?: string
  readonly scaling?: Scaling
  /** What stands in place of the rest where the model is for something in particular. */
  readonly purposes?: Readonly<Record<Purpose, TrainingDefaults>>
}

/** none: grey values as they are; fixed: each example binarized once; dynamic: afresh at every use. */
export const binarizations = ['none', 'fixed', 'dynamic'] as const
/** @inline */
export type Binarize = (typeof binarizations)[number]

/** unit: to [0, 1] by a fixed divisor or the training range; standardize: training mean 0, variance 1. */
export const scalings = ['none', 'unit', 'standardize'] as const
/** @inline */
export type Scaling = (typeof scalings)[number]

/** What made the examples, such as shape and position: each factor has levels, numbered from 0. @inline */
export interface Factors {
  readonly names: readonly string[]
  /** How many levels each has. */
  readonly levels: readonly number[]
  /** Levels of rows `indices`, in that order, as [indices.length, names.length]. */
  read(indices: ArrayLike<number>): Int32Array
}

/** Something that is known of each row besides its numbers, which a model may be given. @inline */
export interface KnownColumn {
  /** Its levels; absent where it holds numbers. */
  readonly levels?: readonly Level[]
  /** Whether it is not known of some rows. */
  readonly hasGaps?: boolean
  /** How many it has of each row; default: one. */
  readonly times?: number
  /** Numbers of rows `indices`, or places of their levels, `times` of each row; NaN where nothing is known. */
  read(indices: ArrayLike<number>): Float64Array
}

/** The rows that windows are made of, in their order. */
export interface OrderedRows {
  readonly rows: Dataset
  readonly series: Series
  readonly places: WindowPlaces
}

/** Examples of one shape, read by row number. Rows stay in their stored type until a program casts them. */
export interface Dataset {
  readonly name: string
  readonly count: number
  /** Shape of one example: [channels, height, width] for images, [features] for tables. */
  readonly exampleShape: ConcreteShape
  readonly dtype: 'uint8' | 'float32'
  /** True where every byte is known to be 0 or 1, so that no one needs to look. */
  readonly areBits?: boolean
  /**
   * Rows `indices`, in that order, as [indices.length, ...exampleShape]. `into` may hold them, where that saves memory:
   * whoever gives it is done with the rows by the time it is given again.
   */
  read(indices: ArrayLike<number>, into?: NumericArray): NDArray | Promise<NDArray>
  /** Begins to read rows that will be asked for next, with the same `indices`; there where reading takes time. */
  prefetch?(indices: ArrayLike<number>): void
  /** One class number for each row, where the data has them. */
  readonly labels?: Int32Array
  /** What the classes are called, by their number, where that says more. */
  readonly classes?: readonly string[]
  /** What made each row, where it is known. */
  readonly factors?: Factors
  /** What else is known of each row, by name. */
  readonly known?: Readonly<Record<string, KnownColumn>>
  /** What the columns of a table are that a model is given instead of modelling them, as `known` holds them. */
  readonly given?: TableSchema
  /** What a model is given beside the rows, encoded. */
  readonly condition?: {
    /** Of rows `indices`, in that order: [indices.length, width]. */
    read(indices: ArrayLike<number>): NDArray<Float32Array>
  }
  /** Column names of a table of numbers. */
  readonly columns?: readonly string[]
  /** What the columns of a table are, whose encoded cells the rows are. */
  readonly table?: TableSchema
  /**
   * Where an example is a window of a table's rows: how these are made.
   *
   * @internal
   */
  readonly windows?: Windows
  /** @internal */
  readonly ordered?: OrderedRows
  /**
   * Names of what is known that every model of these data is given.
   *
   * @internal
   */
  readonly told?: readonly string[]
  /**
   * Divides the rows where that is not to be by chance.
   *
   * @internal
   */
  split?(request: SplitRequest): Split
  /** What tells these rows in this order from any others; there where all of them have passed by. */
  readonly digest?: string
  /** The examples that the data's authors hold out. */
  readonly test?: Dataset
  /** The examples by which they choose a model. */
  readonly validation?: Dataset
  readonly defaults: DatasetDefaults
}

/** What a data set has besides its rows. @inline */
export type DatasetAbout = Pick<Dataset, 'name'> &
  Partial<
    Pick<
      Dataset,
      'labels' | 'classes' | 'factors' | 'known' | 'given' | 'columns' | 'test' | 'validation' | 'defaults'
    >
  >

/** A data set whose rows are at hand, as an array of one type. @inline */
export interface HeldDataset<Stored extends Uint8Array | Float32Array> extends Dataset {
  read(indices: ArrayLike<number>, into?: NumericArray): NDArray<Stored>
}

/**
 * A data set over rows in memory; the first axis counts examples. Error: `array/size`.
 *
 * @example
 * ```ts
 * import { datasetOf, ndarray, train } from 'betavae'
 *
 * const numbers = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i))
 * const dataset = datasetOf(ndarray(numbers, [100, 4]), { name: 'waves' })
 * const { trained } = await train({ training: { steps: 5 }, model: { latent: { size: 2 } } }, { dataset })
 * console.log(trained.recipe.model.latent.size)
 * ```
 */
export function datasetOf<Stored extends Uint8Array | Float32Array>(
  { data, shape }: NDArray<Stored>,
  about: DatasetAbout,
): HeldDataset<Stored> {
  const rows = ndarray(data, shape)
  return {
    defaults: {},
    ...about,
    count: shape[0],
    exampleShape: shape.slice(1),
    dtype: data instanceof Uint8Array ? 'uint8' : 'float32',
    read: (indices, into) => takeRows(rows, indices, into),
  }
}
