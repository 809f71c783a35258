/** How far observations lie from the reconstruction: a given number, or learned. Shared by densities with a width. */
import * as z from 'zod/mini'
import type { Tensor } from '../../graph/tensor.ts'
import { boundLogVariance } from '../distributions/gaussian.ts'
import { type LikelihoodContext, splitOutputs } from './likelihood.ts'

interface Way {
  readonly summary: string
  /** In formulas, for a spread of this symbol. */
  text(symbol: string): string
}

const ways = {
  learned: { summary: 'one number', text: (symbol) => `${symbol} learned` },
  'per-dimension': {
    summary: 'one for each entry',
    text: (symbol) => `${symbol} learned for each entry`,
  },
  decoder: { summary: 'a second decoder output', text: (symbol) => `${symbol} = ${symbol}(z)` },
} as const satisfies Readonly<Record<string, Way>>

export type LearnedSpread = keyof typeof ways
const learnedSpreads = Object.keys(ways) as LearnedSpread[]

/** An option that is a positive number, or the name of a way to learn it; `more` names further ones with their meaning. */
export const spreadOption = <const More extends string = never>(
  what: string,
  more: Readonly<Record<More, string>> = {} as Readonly<Record<More, string>>,
) => {
  const names = [...learnedSpreads, ...(Object.keys(more) as More[])] as const
  const summaries = [
    ...Object.entries(ways).map(([name, { summary }]) => [name, summary]),
    ...Object.entries(more),
  ]
  const listed = summaries.map(([name, summary]) => `${name} (${summary})`).join(', ')
  return z._default(
    z
      .union([z.number().check(z.positive()), z.enum(names)], `a number > 0, or one of ${names.join(', ')}`)
      .check(z.describe(`${what}: a number, or ${listed}`)),
    1,
  )
}

/** Numbers that the decoder gives for each entry: a center, and the spread where it says that too. */
export const outputsWith = (spread: number | string): number => (spread === 'decoder' ? 2 : 1)

/** A learned spread in formulas, as in `σ² learned`. */
export const spreadText = (symbol: string, spread: LearnedSpread): string => ways[spread].text(symbol)

/**
 * A learned spread's logarithm, which broadcasts over examples, and the center that it is about.
 *
 * A parameter `name` starts at 0, a spread of 1; all lie within ±20 with a gradient that never stops.
 */
export function learnedSpread(
  output: Tensor,
  spread: LearnedSpread,
  name: string,
  { declare, exampleShape }: LikelihoodContext,
): { readonly center: Tensor; readonly log: Tensor } {
  if (spread === 'decoder') {
    const [center, raw] = splitOutputs(output, 2)
    return { center, log: boundLogVariance(raw) }
  }
  const shape = spread === 'learned' ? [] : exampleShape
  return { center: output, log: boundLogVariance(declare(name, shape, 0)) }
}
