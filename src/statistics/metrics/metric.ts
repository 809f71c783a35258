import { type Part, part } from '../../base/parts.ts'

/** Codes and the factors that made their examples, row by row: all that a metric sees. */
export interface FactoredCodes {
  readonly count: number
  readonly codeSize: number
  readonly factorCount: number
  /** `[count, codeSize]`. */
  readonly codes: Float64Array
  /** `[count, factorCount]`, each factor's levels numbered from 0 without gaps. */
  readonly factors: Int32Array
  /** How many levels each factor has. */
  readonly levels: readonly number[]
}

/** What one metric found with one seed. */
export interface MetricScore {
  readonly score: number
  /** One number for each factor, where the metric has them. */
  readonly perFactor?: readonly number[]
  /** What else the metric knows, by name. */
  readonly [detail: string]: number | readonly number[] | readonly (readonly number[])[] | undefined
}

/** @inline */
export interface MetricOptions {
  /** Seeds whatever the metric draws. */
  readonly seed: number
  readonly signal?: AbortSignal
}

/** A number that says how well codes tell factors apart. */
export interface Metric {
  /** The key in results and the name on the command line, camelCase. */
  readonly name: string
  readonly title: string
  /** One sentence: what a high score means. */
  readonly summary: string
  readonly citation: string
  readonly better: 'larger' | 'smaller'
  /** The score of codes; the same request gives the same numbers. */
  compute(sample: FactoredCodes, options: MetricOptions): Promise<MetricScore>
}

/**
 * Makes a metric; its name becomes part of its type.
 *
 * @example
 * ```ts
 * import { defineMetric, disentanglement } from 'betavae/metrics'
 *
 * const width = defineMetric({
 *   name: 'width',
 *   title: 'Width',
 *   summary: 'High: codes have many dimensions.',
 *   citation: 'nobody',
 *   better: 'larger',
 *   compute: async ({ codeSize }) => ({ score: codeSize }),
 * })
 * const codes = { data: Float32Array.from({ length: 40 }, (_, i) => Math.sin(i)), shape: [20, 2] }
 * const factors = { data: Int32Array.from({ length: 20 }, (_, i) => i % 2), shape: [20] }
 * console.log((await disentanglement(codes, factors, { parts: [width], metrics: ['width'] })).width.score) // 2
 * ```
 */
export const defineMetric = <const Name extends string>(
  own: Metric & { readonly name: Name },
): Metric & { readonly name: Name } & Part<'metric'> => part('metric', own)
