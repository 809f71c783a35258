/** How sharply counts and shares lie about their mean: a given number, or learned. */
import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { constant } from '../../graph/ops/constant.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { boundLogVariance } from '../distributions/gaussian.ts'
import { type LikelihoodContext, splitOutputs } from './likelihood.ts'
import { type LearnedSpread, outputsWith, spreadOption, spreadText } from './spread.ts'

export type Concentration = number | LearnedSpread

/** An option that says how sharply, one learned number unless somebody says otherwise. */
export const concentrationOption = (what: string) => z._default(spreadOption(what), 'learned')

/** Where a learned concentration begins: counts and shares that still spread, and whose density has a mode inside. */
export const FIRST_CONCENTRATION = 8

export const concentrationText = (symbol: string, concentration: Concentration): string =>
  typeof concentration === 'number' ? `${symbol} = ${concentration}` : spreadText(symbol, concentration)

/** A learned concentration's logarithm, within ±20 of where it begins, from a raw one. */
export const learnedConcentration = (raw: Tensor): Tensor =>
  add(boundLogVariance(raw), Math.log(FIRST_CONCENTRATION))

/** The `count` other numbers that the decoder gives for each entry [rows, first, …rest], and log concentration, which broadcasts. */
export function concentrationOf(
  output: Tensor,
  count: number,
  concentration: Concentration,
  { declare, exampleShape }: LikelihoodContext,
): { readonly parts: readonly Tensor[]; readonly logConcentration: Tensor } {
  const parts = splitOutputs(output, count - 1 + outputsWith(concentration))
  if (typeof concentration === 'number') return { parts, logConcentration: constant(Math.log(concentration)) }
  if (concentration === 'decoder')
    return { parts: parts.slice(0, count), logConcentration: learnedConcentration(parts[count]) }
  const shape = concentration === 'learned' ? [] : exampleShape
  return { parts, logConcentration: learnedConcentration(declare('logConcentration', shape, 0)) }
}
