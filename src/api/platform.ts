import type { Bearer, Part } from '../base/parts.ts'
import type { Dataset } from '../data/dataset.ts'
import type { TableSchema } from '../data/tables/schema.ts'
import type { TableStream } from '../data/tables/stream.ts'
import type { Ordering } from '../data/tables/windows/ordered.ts'
import type { WindowsChoice } from '../data/tables/windows/windows.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { type Candidate, openEngine } from '../engine/select.ts'
import type { Model } from '../infer/model.ts'
import type { ModelParts } from '../infer/model-parts.ts'
import type { ChunkModelOptions } from '../infer/tables/chunk-model.ts'
import type { TableService } from '../infer/tables/table-service.ts'
import type { Recipe } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'
import type { Found } from './found.ts'

/** The part of a recipe, or of a draft of one, that says which data to read, and how. */
export type DataChoice = Pick<
  Recipe['data'],
  | 'source'
  | 'query'
  | 'label'
  | 'size'
  | 'condition'
  | 'given'
  | 'exclude'
  | 'kinds'
  | 'missing'
  | 'table'
  | 'windows'
  | 'separator'
  | 'header'
  | 'encoding'
  | 'sheet'
>

/** How a thread is to compute. */
export interface ThreadOptions extends EngineOptions {
  /** An engine of this kind, and with as many threads. */
  readonly engine?: Pick<Engine, 'name' | 'threads'>
}

/** Models at work in threads of their own. */
export interface Threads {
  openModel(parts: ModelParts, options: ThreadOptions): Promise<Model>
  openTable(
    parts: ModelParts,
    schema: TableSchema,
    options: ThreadOptions & Pick<ChunkModelOptions, 'unseen' | 'given' | 'windows'>,
  ): Promise<TableService & Disposable>
}

/** What a page and Node.js do differently: which engines there are, and where data and models come from. */
export interface Platform {
  readonly engines: readonly Candidate[]
  /** Opens the data that a recipe names; of a table all columns, unless it is to be one of numbers. */
  openData(data: DataChoice, numbersOnly?: boolean, brought?: Bearer): Promise<Dataset>
  /** How the rows of a table are ordered, where there are windows of them. */
  readonly ordered?: (choice: WindowsChoice) => Ordering
  /** A draft, not yet checked, as it may be kept: what it says of passwords is remembered by this process alone. */
  withoutPasswords(draft: unknown): unknown
  /** Reads the finished model of the run that a recipe starts from. */
  readModel(path: string): Promise<Trained>
}

/** What they do differently for those who open models. */
export interface ModelPlatform extends Pick<Platform, 'engines'> {
  /** Finds the model that is somewhere, not yet read where it is one file. */
  find(place: string, parts?: readonly Part[]): Promise<Found>
  readonly thread: Threads
}

/** The same for models of tables. */
export interface OpeningPlatform extends ModelPlatform {
  /** Opens the table that is found somewhere. */
  openTable(place: string): Promise<TableStream>
}

/** The engine that a recipe asks for. */
export const openRecipeEngine = async (
  { engines }: Platform,
  { engine: { name, threads } }: Pick<Recipe, 'engine'>,
  wasmPaths?: string,
): Promise<Engine> =>
  (await openEngine(engines, name, { ...(threads && { threads }), ...(wasmPaths && { wasmPaths }) })).engine
