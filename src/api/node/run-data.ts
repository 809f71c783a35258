import { resolve } from 'node:path'
import { fail } from '../../base/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import { sources } from '../../data/sources/index.ts'
import { isPostgres } from '../../data/tables/node/databases/postgres-url.ts'
import type { Recipe } from '../../recipe/recipe.ts'
import { splitsOf } from '../../recipe/splits.ts'
import { areDigests, DIGESTS, digestsOf } from '../../runs/data-digests.ts'
import type { RunDirectory } from '../../runs/node/store.ts'
import { nodePlatform } from './platform.ts'

/** The recipe with its data, and the run it starts from, named so that any working directory finds them. */
export function withPlace(recipe: Recipe): Recipe {
  const { source } = recipe.data
  const { start } = recipe.training
  const stays = isPostgres(source) || sources.some(({ name }) => name === source)
  return {
    ...recipe,
    data: stays ? recipe.data : { ...recipe.data, source: resolve(source) },
    training: start === undefined ? recipe.training : { ...recipe.training, start: resolve(start) },
  }
}

/** Data of trainings that have ended here, as long as anyone holds what they came to. */
const known = new WeakMap<object, Dataset>()

/** The same run, of which it is known from here on what data it was trained on. */
export function withData<Run extends object>(run: Run, dataset: Dataset): Run {
  known.set(run, dataset)
  return run
}

/** The data that a run was trained on, where it has trained in this process. */
export const dataOf = (run: object): Dataset | undefined => known.get(run)

/** Opens the data of a run. Error `runs/data-changed` where they are not those it began with. */
export async function openRunData(directory: RunDirectory): Promise<Dataset> {
  const { path, recipe } = directory
  const dataset = await nodePlatform.openData(recipe.data, recipe.data.table === undefined)
  const known = await directory.read(DIGESTS)
  if (known && !areDigests(new TextDecoder().decode(known), await digestsOf(splitsOf(recipe, dataset))))
    fail({
      code: 'runs/data-changed',
      seen: `other rows in "${recipe.data.source}" than run "${path}" began with`,
      wanted: `the data of then, with the digests in its ${DIGESTS}`,
      fix: 'restore the data, or train anew',
    })
  return dataset
}
