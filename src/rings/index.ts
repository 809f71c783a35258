/**
 * `betavae` in a page or a worker, and `betavae/browser` everywhere: train, open and understand a model.
 *
 * @module betavae/browser
 */
import { browserModels, browserPlatform } from '../api/browser.ts'
import { browserOpening } from '../api/browser-tables.ts'
import { openOn } from '../api/open.ts'
import { openTableModelOn } from '../api/open-table-model.ts'
import { type Train, trainOn } from '../api/train.ts'
import { type TrainTable, trainTableOn } from '../api/train-table.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { browserEngines } from '../engine/onnxruntime/engines.ts'
import { openEngine as openAmong } from '../engine/select.ts'

export { save } from '../api/save.ts'
export * from './common.ts'

/**
 * Trains an autoencoder in memory; what the draft leaves out is filled from the data.
 *
 * The training can be read (`for await`) for its events and awaited for its result. Losses are in nats per
 * example. Weights can be moved while it runs, and the model be looked at. Throws usage errors for an invalid
 * recipe, `checkpoint/…` and `safetensors/…` for a checkpoint of another model or damaged, `train/not-finite`
 * where numbers run away.
 */
export const train: Train = /* @__PURE__ */ trainOn(browserPlatform)

/**
 * Trains on rows and gives what scores, fills and makes rows like them: `const model = await trainTable(rows)`.
 *
 * Rows are objects, `{ columns, rows }`, or text or bytes of a file; a text of one line is the path or address
 * of a file. What the options leave open is inferred from the rows. Errors: those of `train`, and `table/…`.
 */
export const trainTable: TrainTable = /* @__PURE__ */ trainTableOn(browserPlatform, browserOpening)

/**
 * Makes a trained model usable: what a training gave, the bytes of its `weights.safetensors`, or where those are.
 *
 * Errors: `open/source`, `open/fetch`, `open/worker`, `export/…`.
 */
export const open = /* @__PURE__ */ openOn(browserModels)

/** Makes a trained model of a table usable: rows go in and come out. Errors: `table/not-a-table`, and those of `open`. */
export const openTableModel = /* @__PURE__ */ openTableModelOn(browserOpening)

/** Opens a data set that comes with the package, by its name; of other data use `openBytes` or `datasetOf`. Error: `data/unknown`. */
export function openData(name: string): Promise<Dataset> {
  return browserPlatform.openData({ source: name })
}

/**
 * Opens an engine by name, `auto` for the best that this page has: webgpu, wasm or reference.
 *
 * Errors: `engine/unknown`, `engine/threads`, `engine/unavailable`.
 */
export async function openEngine(name: string = 'auto', options: EngineOptions = {}): Promise<Engine> {
  return (await openAmong(browserEngines, name, options)).engine
}
