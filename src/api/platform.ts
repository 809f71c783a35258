import type { Dataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { type Candidate, openEngine } from '../engine/select.ts'
import type { Recipe } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'

/** What a page and Node.js do differently: which engines there are, and where data and models come from. */
export interface Platform {
  readonly engines: readonly Candidate[]
  /** Opens the data that a recipe names. */
  openData(data: Pick<Recipe['data'], 'source' | 'label' | 'size'>): Promise<Dataset>
  /** Reads the finished model of the run that a recipe starts from. */
  readModel(path: string): Promise<Trained>
}

/** The engine that a recipe asks for. */
export const openRecipeEngine = async (
  { engines }: Platform,
  { engine: { name, threads } }: Pick<Recipe, 'engine'>,
  wasmPaths?: string,
): Promise<Engine> =>
  (await openEngine(engines, name, { ...(threads && { threads }), ...(wasmPaths && { wasmPaths }) })).engine
