import type { Feeds } from '../../engine/engine.ts'
import type { Fills } from '../../statistics/imputation/choose.ts'

/** Begins the names under which a model of a table keeps what fills its gaps. */
export const GAPS = 'gaps.'

const named = {
  moments: `${GAPS}moments`,
  beside: `${GAPS}model`,
  errors: `${GAPS}errors`,
  knots: `${GAPS}residuals`,
} as const
const WEIGHT = `${GAPS}weight.`
const LEARNED = `${GAPS}learned.`

/** What fills the gaps of a table, and the moments by which its rows are seen. */
export interface KeptGaps extends Fills {
  readonly moments: Float32Array
}

/** What is kept, as float32 tensors by name. */
export const feedsOfGaps = ({ moments, beside, errors, knots, weights, learned }: KeptGaps): Feeds => {
  const rows = {
    ...{ [named.moments]: moments, [named.beside]: beside, [named.errors]: errors, [named.knots]: knots },
    ...prefixed(WEIGHT, weights),
    ...prefixed(LEARNED, learned),
  }
  return Object.fromEntries(
    Object.entries(rows).map(([name, data]) => [name, { data, shape: [data.length] }]),
  )
}

const prefixed = (prefix: string, arrays: Readonly<Record<string, Float32Array>>) =>
  Object.fromEntries(Object.entries(arrays).map(([name, data]) => [`${prefix}${name}`, data]))

/** What a model keeps; undefined where it is of an earlier version, or knows no table. */
export function gapsOfFeeds(values: Feeds): KeptGaps | undefined {
  if (!values[named.moments]) return undefined
  const of = (name: string) => values[name].data as Float32Array
  const under = (prefix: string) =>
    Object.fromEntries(
      Object.keys(values)
        .filter((name) => name.startsWith(prefix))
        .map((name) => [name.slice(prefix.length), of(name)]),
    )
  return {
    ...{
      moments: of(named.moments),
      beside: of(named.beside),
      errors: of(named.errors),
      knots: of(named.knots),
    },
    ...{ weights: under(WEIGHT), learned: under(LEARNED) },
  }
}

/** Shapes of what may be kept: lists, as long as they are. */
export const gapShapes = (given: Feeds): [string, readonly number[]][] =>
  Object.entries(given).flatMap(([name, { data }]) => (name.startsWith(GAPS) ? [[name, [data.length]]] : []))
