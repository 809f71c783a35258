/** The regularizers of an objective as a formula shows them. */
import type { Ledger, TermSpec } from '../../../../../inside.ts'
import type { TermChoice } from '../../../protocol.ts'

export interface Summand {
  /** What `setWeight` calls it. */
  readonly key: string
  /** Of its weight, as in `λ_z`. */
  readonly symbol: string
  readonly value: number
  readonly formula: string
  /** What it says as a prior. */
  readonly reading: string
  readonly usual: number
  /** False where it changes what the encoder sees, and adds nothing to the sum. */
  readonly isAdded: boolean
}

/** Lines of a ledger with the letters of their weights, and the weights as they are set now. */
export const summandsOf = (
  { terms }: Ledger,
  specs: readonly TermSpec[],
  choices: readonly TermChoice[],
  pulls: readonly { readonly value: number }[],
): Summand[] =>
  terms.flatMap(({ name, on, formula, reading }, i) => {
    const choice = choices.find((candidate) => candidate.name === specs[i]?.term)
    if (!choice || !pulls[i]) return []
    return {
      key: name,
      symbol: choice.symbol,
      value: pulls[i].value,
      // A minus sign after a plus wants to be held together with what it is of.
      formula: formula.startsWith('−') ? `(${formula})` : formula,
      reading,
      usual: choice.defaultWeight,
      isAdded: on !== 'input',
    }
  })
