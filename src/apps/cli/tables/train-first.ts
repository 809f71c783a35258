import { type Part, type RecipeDraft, trainRun } from '../../../inside.node.ts'
import { exitCodes } from '../exit.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { follow } from '../training/follow.ts'
import { sayPurpose } from '../training/purpose.ts'
import { sayTableRemarks } from '../training/table-remarks.ts'
import { type ColumnKindChoice, kindsOf, type MissingChoice, missingIn } from './kinds.ts'

/** What options say of the columns of a table. */
export interface GivenColumns {
  readonly exclude?: string
  readonly kind?: readonly ColumnKindChoice[]
  readonly missing?: readonly MissingChoice[]
}

/** A table and what is said of its columns. */
export const tableData = (source: string, { exclude, kind, missing }: GivenColumns): RecipeDraft['data'] => ({
  source,
  ...(exclude === undefined ? {} : { exclude: exclude.split(',') }),
  ...(kind === undefined ? {} : { kinds: kindsOf(kind) }),
  ...(missing === undefined ? {} : { missing: missingIn(missing) }),
})

/** Trains a run on a table for what a command is about to do; its path, or undefined where it was interrupted. */
export async function trainFirst(
  draft: RecipeDraft,
  {
    parts,
    terminal,
    signal,
  }: { readonly parts: readonly Part[]; readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<string | undefined> {
  let path = ''
  const training = trainRun(draft, {
    signal,
    parts,
    onDirectory(directory) {
      path = directory.path
      terminal.say(`run ${path}`)
      sayTableRemarks(directory, terminal)
      sayPurpose(directory, terminal)
    },
  })
  const code = await follow(training, { terminal, json: false, report: false })
  return code === exitCodes.done ? path : undefined
}
