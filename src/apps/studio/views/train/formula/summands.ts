/** The regularizers of an objective as a formula shows them. */
import type { Explained, UsualWeight } from '../../../protocol.ts'

export interface Summand extends UsualWeight {
  /** What `setWeight` calls it. */
  readonly key: string
  readonly value: number
  readonly formula: string
  /** What it says as a prior. */
  readonly reading: string
  /** False where it changes what the encoder sees, and adds nothing to the sum. */
  readonly isAdded: boolean
}

/** Lines of a ledger with the letters of their weights, and the weights as they are set now. */
export const summandsOf = (
  { ledger, weights }: Explained,
  pulls: readonly { readonly value: number }[],
): Summand[] =>
  ledger.terms.flatMap(({ name, on, formula, reading }, i) => {
    if (!pulls[i]) return []
    return {
      key: name,
      ...weights[i],
      value: pulls[i].value,
      // A minus sign after a plus wants to be held together with what it is of.
      formula: formula.startsWith('−') ? `(${formula})` : formula,
      reading,
      isAdded: on !== 'input',
    }
  })
