import { join } from 'node:path'
import { BetavaeError, fail } from '../../base/errors.ts'
import { commandLine } from '../../base/shell-word.ts'
import { inFile } from '../../data/in-file.ts'
import { readWeights } from '../../export/weights.ts'
import { partsOf } from '../../recipe/bring.ts'
import type { Trained } from '../../recipe/trained.ts'
import type { RunDirectory } from './store.ts'

/** File of a run whose being there says that its model is complete. */
export const WEIGHTS = 'model/weights.safetensors'

/** The finished model of a run; undefined where there is none. Its errors say how to write it again. */
export async function finishedModel(directory: RunDirectory): Promise<Trained | undefined> {
  const weights = await directory.read(WEIGHTS)
  if (!weights) return undefined
  try {
    return await inFile(join(directory.path, WEIGHTS), () => readWeights(weights, partsOf(directory.recipe)))
  } catch (error) {
    // A part that is missing is not in the file, however often that is written.
    if (!(error instanceof BetavaeError) || error.code.startsWith('parts/')) throw error
    const { code, seen, wanted } = error
    return fail({
      code,
      seen,
      wanted,
      fix: `write it again with: ${commandLine('resume', directory.path)}`,
      cause: error,
    })
  }
}

/** The finished model of a run. Error: `runs/unfinished`. */
export const modelOfRun = async (directory: RunDirectory): Promise<Trained> =>
  (await finishedModel(directory)) ??
  fail({
    code: 'runs/unfinished',
    seen: `run "${directory.path}" without a finished model`,
    wanted: 'a run that has come to its end',
    fix: `go on with: ${commandLine('resume', directory.path)}`,
    usage: true,
  })
