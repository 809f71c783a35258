import type { Dataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { type Candidate, openEngine } from '../engine/select.ts'
import type { Recipe } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'

/** The part of a recipe, or of a draft of one, that says which data to read, and how. */
export type DataChoice = Pick<Recipe['data'], 'source' | 'label' | 'size' | 'exclude' | 'kinds' | 'table'>

/** What a page and Node.js do differently: which engines there are, and where data and models come from. */
export interface Platform {
  readonly engines: readonly Candidate[]
  /** Opens the data that a recipe names; of a table all columns, unless it is to be one of numbers. */
  openData(data: DataChoice, numbersOnly?: boolean): Promise<Dataset>
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
