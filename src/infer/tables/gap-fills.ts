import type { TableLayout } from '../../data/tables/layout.ts'
import { IMPUTERS } from '../../statistics/imputation/index.ts'
import type { KeptGaps } from './kept-gaps.ts'

/** What fills the gaps of a column. @inline */
export interface GapFill {
  readonly column: string
  /** Ways that have a say, the greatest share first. */
  readonly by: readonly { readonly says: string; readonly share: number }[]
  /**
   * Expected error by cells that were known and hidden: of numbers the root of the mean square, in standard deviations of
   * the column; of levels the share that is wrong. NaN where none could be hidden.
   */
  readonly error: number
  /** The same of the column's mean, or of its commonest level. */
  readonly ofMean: number
  readonly areLevels: boolean
}

/** What fills the gaps of each modelled column, by what a model keeps. */
export function gapFills({ columns }: TableLayout, { weights, beside, errors }: KeptGaps): GapFill[] {
  return columns.map(({ name, group }, place) => {
    const others = IMPUTERS.flatMap(({ name: own, says }) => {
      const share = (weights[own]?.[place] ?? 0) * (1 - beside[place])
      return share > 0 ? [{ says, share }] : []
    })
    const all = [...others, ...(beside[place] > 0 ? [{ says: 'the model', share: beside[place] }] : [])]
    return {
      column: name,
      by: all.sort((a, b) => b.share - a.share),
      ...{ error: errors[2 * place], ofMean: errors[2 * place + 1] },
      areLevels: group === 'binary' || group === 'categorical',
    }
  })
}
