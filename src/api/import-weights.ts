import type { Dataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { guessMap } from '../export/torch/guess-map.ts'
import { networkOf, refusePadding } from '../export/torch/network.ts'
import { type NameMap, readStateDict } from '../export/torch/state-dict.ts'
import { refuseUnused, unusedIn, valuesFrom } from '../export/torch/values.ts'
import type { WithParts } from '../recipe/bring.ts'
import { completeRecipe, loadDraft } from '../recipe/complete.ts'
import { checkDraft } from '../recipe/draft.ts'
import type { DatasetDraft, RecipeDraft } from '../recipe/recipe.ts'
import { initialState } from '../train/state.ts'
import { filled, type Prepared, prepare } from './prepare.ts'
import { type TrainedRun, trainedOf } from './trained-run.ts'

/** What weights are imported for. */
export interface ImportOptions extends WithParts {
  /** The examples that the model is for; they scale what goes in. */
  readonly dataset: Dataset
  readonly engine: Engine
  /** Which layer is which; default: told by their names and shapes. */
  readonly map?: NameMap
}

/** A model whose weights came from elsewhere: `open(imported)` makes it usable. */
export interface Imported extends TrainedRun {
  /** Which layer was taken for which. */
  readonly map: NameMap
  /** Names of tensors that a given map passes over. */
  readonly unused: readonly string[]
}

/**
 * Makes a model of the weights of a plain VAE, such as PyTorch's `state_dict()` in a safetensors file.
 *
 * Widths, kernels and the size of the code are read off the weights; the draft says what those do not: the likelihood,
 * the activation, strides. The decoder mirrors the encoder, log-variances are not bounded, and convolutions pad both sides
 * alike. Errors: `safetensors/…`, `import/…`, each naming a tensor, and those of a recipe.
 */
export async function importWeights(
  bytes: Uint8Array,
  draft: DatasetDraft,
  options: ImportOptions,
): Promise<Imported> {
  const { map, unused, prepared, state } = await readied(bytes, draft, options)
  const trained = await trainedOf(prepared, options.engine, state)
  return { map, unused, trained, reason: 'finished', events: [] }
}

/** Imported weights before anything is fitted to them. */
export async function readied(
  bytes: Uint8Array,
  given: DatasetDraft,
  { dataset, map: said, parts }: Omit<ImportOptions, 'engine'>,
) {
  const state = readStateDict(bytes)
  const map = said ?? guessMap(state, dataset.exampleShape)
  const { architecture, latent } = networkOf(state, map)
  const { model, training } = given
  const draft: RecipeDraft = {
    ...given,
    data: { source: dataset.name, ...given.data },
    model: {
      ...model,
      architecture: { ...model?.architecture, ...architecture },
      latent: { name: 'gaussian', bound: 'none', ...model?.latent, size: latent },
    },
    training: { steps: 1, ...training },
  }
  const checked = checkDraft(draft)
  await loadDraft(checked, dataset, parts)
  const recipe = completeRecipe(checked, dataset, parts)
  if (architecture.name === 'conv') refusePadding(recipe.model.architecture, dataset.exampleShape)
  const prepared: Prepared = await prepare(recipe, dataset)
  const parameters = prepared.layouts.flatMap((layout) => layout.parameters)
  const values = valuesFrom(state, map, parameters)
  const unused = unusedIn(state, map, parameters)
  if (unused.length > 0 && !said) refuseUnused(state, unused)
  const arenas = prepared.layouts.map((layout) => filled(layout, values, 'weights'))
  return { map, unused, prepared, state: initialState(prepared.layouts, arenas) }
}
