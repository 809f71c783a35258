import type { NDArray } from '../../../base/arrays.ts'
import { fail } from '../../../base/errors.ts'
import { type Part, part } from '../../../base/parts.ts'

/** Rows of finite numbers `[rows, columns]`. @inline */
export type Rows = NDArray<Float32Array | Float64Array>

/** The same, with its extents by name. @inline */
export interface Table {
  readonly count: number
  readonly width: number
  /** `[count, width]`. */
  readonly data: Float32Array | Float64Array
}

/** A detector that has seen the rows it compares with. @inline */
export interface FittedDetector {
  /** One score for each row, the greater the stranger. Errors: as of `fit`, and `anomaly/row-width`. */
  score(rows: Rows): Float64Array
}

/** A way to score rows by how unlike others they are, without labels. */
export interface Detector {
  /** The key in results and the name on the command line, camelCase. */
  readonly name: string
  readonly title: string
  /** One sentence: what makes a score high. */
  readonly summary: string
  readonly paper: string
  /** Same rows and seed, same detector. Errors: `anomaly/row-shape`, `anomaly/row-count`, `anomaly/row-number`. */
  fit(rows: Rows, seed: number): FittedDetector
}

/** What a detector's file gives: `fit` returns the function that scores a table of the same width. @inline */
export interface DetectorSpec extends Omit<Detector, 'fit'> {
  fit(table: Table, seed: number): (table: Table) => Float64Array
}

/**
 * Makes a detector; the rows that it is given are checked first. Its name becomes part of its type.
 *
 * @example
 * ```ts
 * import { defineDetector } from 'betavae/metrics'
 * import { checkPart } from 'betavae/testing'
 *
 * const farOut = defineDetector({
 *   name: 'farOut',
 *   title: 'Far out',
 *   summary: 'The greatest absolute number of a row.',
 *   paper: 'nobody',
 *   fit:
 *     () =>
 *     ({ count, width, data }) =>
 *       Float64Array.from({ length: count }, (_, row) =>
 *         Math.max(...data.subarray(row * width, (row + 1) * width).map(Math.abs)),
 *       ),
 * })
 * console.log((await checkPart(farOut)).length) // 0: nothing is wrong with it
 * ```
 */
export const defineDetector = <const Name extends string>(
  spec: DetectorSpec & { readonly name: Name },
): Detector & { readonly name: Name } & Part<'detector'> =>
  part<'detector', Detector & { readonly name: Name }>('detector', {
    ...spec,
    fit(rows, seed) {
      const known = tableOf(rows)
      if (known.count < 2)
        fail({
          code: 'anomaly/row-count',
          seen: `${known.count} rows to fit ${spec.title} to`,
          wanted: 'at least 2',
          fix: 'give the rows to compare with',
        })
      const score = spec.fit(known, seed)
      return {
        score: (fresh) => {
          const table = tableOf(fresh)
          if (table.width !== known.width)
            fail({
              code: 'anomaly/row-width',
              seen: `rows of ${table.width} columns, where ${spec.title} was fitted to ${known.width}`,
              wanted: 'the same columns',
              fix: 'encode the rows as those that it was fitted to',
            })
          return score(table)
        },
      }
    },
  })

function tableOf({ data, shape }: Rows): Table {
  const [count, width] = shape
  if (shape.length !== 2 || width === 0)
    fail({
      code: 'anomaly/row-shape',
      seen: `rows of shape [${shape.join(', ')}]`,
      wanted: 'shape [rows, columns] with at least one column',
      fix: 'lay the rows out one after another',
    })
  const odd = data.findIndex((value) => !Number.isFinite(value))
  if (odd >= 0)
    fail({
      code: 'anomaly/row-number',
      seen: `${data[odd]} in row ${Math.floor(odd / width)}, column ${odd % width}`,
      wanted: 'finite numbers',
      fix: 'fill missing numbers in first, with a mask beside them',
    })
  return { count, width, data }
}
