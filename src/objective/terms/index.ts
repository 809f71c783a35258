/** Every term. To add one: its file, and one line here; gradients, options, schema and ledger follow. */
import type { Term } from '../term.ts'
import { codeL2 } from './code-l2.ts'
import { kl } from './kl.ts'
import { l1, l2 } from './parameters.ts'

export const allTerms: readonly Term[] = [kl, l2, l1, codeL2]
