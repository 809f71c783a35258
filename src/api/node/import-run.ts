import { fileNameOf } from '../../data/file-name.ts'
import { inFile } from '../../data/in-file.ts'
import { readBytes } from '../../data/node/disk.ts'
import type { NameMap } from '../../export/torch/state-dict.ts'
import type { WithParts } from '../../recipe/bring.ts'
import type { RecipeDraft } from '../../recipe/recipe.ts'
import { digestsOf } from '../../runs/data-digests.ts'
import { lockRun } from '../../runs/node/lock.ts'
import { createRun, nextFree, type RunDirectory, refuseTaken } from '../../runs/node/store.ts'
import { readied } from '../import-weights.ts'
import { openRecipeEngine } from '../platform.ts'
import { trainedOf } from '../trained-run.ts'
import { nodePlatform } from './platform.ts'
import { writeModel } from './run.ts'
import { withPlace } from './run-data.ts'

/** Where an imported model goes, and how its layers are told. */
export interface ImportRunOptions extends WithParts {
  /** Folder of the run; default: the next free `runs/<data>-import-<n>`. */
  readonly out?: string
  /** Which layer is which; default: told by their names and shapes. */
  readonly map?: NameMap
}

/** A run whose model was trained elsewhere. */
export interface ImportedRun {
  readonly directory: RunDirectory
  /** Which layer was taken for which. */
  readonly map: NameMap
  /** Names of tensors that a given map passes over. */
  readonly unused: readonly string[]
}

/**
 * Makes a run of the weights of a plain VAE in a safetensors file, such as PyTorch's `state_dict()`: to evaluate, sample,
 * export, or train on from (`training.start`).
 *
 * The draft's data are what the model is for. Errors: `safetensors/…`, `import/…`, `runs/exists`, and those of a recipe,
 * all before anything is written.
 */
export async function importRun(
  file: string,
  draft: RecipeDraft,
  { out, map: said, parts }: ImportRunOptions = {},
): Promise<ImportedRun> {
  if (out !== undefined) await refuseTaken(out)
  const bytes = await readBytes(file)
  const dataset = await nodePlatform.openData(draft.data, true)
  const engine = await openRecipeEngine(nodePlatform, { engine: { name: 'auto', ...draft.engine } })
  const options = { dataset, ...(said && { map: said }), ...(parts && { parts }) }
  const { map, unused, prepared, state } = await inFile(file, () => readied(bytes, draft, options))
  const asked = prepared.recipe
  const recipe = withPlace({ ...asked, engine: { name: engine.name, threads: engine.threads } })
  const trained = await trainedOf({ ...prepared, recipe }, engine, state)
  const path = out ?? (await nextFree(recipe, 'import'))
  await using _lock = await lockRun(path)
  const directory = await createRun(path, recipe, await digestsOf(prepared.plan))
  await directory.append({
    kind: 'warning',
    code: 'import/weights',
    message: `the weights are those of ${fileNameOf(file)}; nothing was trained here`,
  })
  await writeModel(directory, trained)
  await directory.append({ kind: 'end', reason: 'finished', step: 0, epoch: 0, bestEpoch: null, seconds: 0 })
  return { directory, map, unused }
}
