/**
 * `betavae` in Node.js: the same, with files and the native engine.
 *
 * @module betavae
 */
import { nodeOpening } from '../api/node/open.ts'
import { nodePlatform } from '../api/node/platform.ts'
import { openOn } from '../api/open.ts'
import { openTableModelOn } from '../api/open-table-model.ts'
import { type Train, trainOn } from '../api/train.ts'
import { type TrainTable, trainTableOn } from '../api/train-table.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import { nodeEngines } from '../engine/onnxruntime/node/engines.ts'
import { openEngine as openAmong } from '../engine/select.ts'

export { save } from '../api/node/save.ts'
export { type OpenDataOptions, openData } from '../data/node/open.ts'
export * from './common.ts'

/**
 * Trains an autoencoder in memory; what the draft leaves out is filled from the data.
 *
 * The training can be read (`for await`) for its events and awaited for its result. Losses are in nats per
 * example. Weights can be moved while it runs, and the model be looked at. Throws usage errors for an invalid
 * recipe, `checkpoint/…` and `safetensors/…` for a checkpoint of another model or damaged, `train/not-finite`
 * where numbers run away.
 *
 * @example
 * ```ts
 * import { open, train } from 'betavae'
 *
 * const training = train({ data: { source: 'digits' }, objective: { name: 'beta-vae' }, training: { steps: 20 } })
 * for await (const event of training) if (event.kind === 'epoch') console.log(event.train.elbo)
 * const model = await open(await training)
 * console.log((await model.sample(16)).shape) // [16, 1, 8, 8]
 * model.dispose()
 * ```
 */
export const train: Train = /* @__PURE__ */ trainOn(nodePlatform)

/**
 * Trains on rows and gives what scores, fills and makes rows like them: `const model = await trainTable(rows)`.
 *
 * Rows are objects, `{ columns, rows }`, or text or bytes of a file; a text of one line is the path or address
 * of a file. What the options leave open is inferred from the rows. Errors: those of `train`, and `table/…`.
 *
 * @example
 * ```ts
 * import { trainTable } from 'betavae'
 *
 * const rows = Array.from({ length: 120 }, (_, i) => ({ load: Math.sin(i), heat: 20 + 2 * Math.sin(i) }))
 * const model = await trainTable(rows, { training: { steps: 50 } })
 * const [{ score, flagged, causes }] = await model.score([{ load: 0.5, heat: 35 }])
 * console.log(score, flagged, causes[0].column)
 * model.dispose()
 * ```
 */
export const trainTable: TrainTable = /* @__PURE__ */ trainTableOn(nodePlatform, nodeOpening)

/**
 * Makes a trained model usable: what a training gave, the bytes of its `weights.safetensors`, or where those or a run are.
 *
 * Errors: `open/source`, `open/fetch`, `open/worker`, `export/…`, `runs/…`.
 *
 * @example
 * ```ts
 * import { open, save, train } from 'betavae'
 *
 * const run = await train({ data: { source: 'digits' }, training: { steps: 20 } })
 * const model = await open(save(run)) // or the path of a run, or of its weights.safetensors
 * console.log((await model.sample(4, { seed: 7 })).shape)
 * model.dispose()
 * ```
 */
export const open = /* @__PURE__ */ openOn(nodeOpening)

/**
 * Makes a trained model of a table usable: rows go in and come out. Errors: `table/not-a-table`, and those of `open`.
 *
 * @example
 * ```ts
 * import { openTableModel, save, trainTable } from 'betavae'
 *
 * const rows = Array.from({ length: 120 }, (_, i) => ({ load: Math.sin(i), heat: 20 + 2 * Math.sin(i) }))
 * const bytes = save(await trainTable(rows, { training: { steps: 20 } }))
 * const model = await openTableModel(bytes)
 * const [filled] = await model.impute([{ load: 0.5, heat: null }])
 * console.log(filled)
 * model.dispose()
 * ```
 */
export const openTableModel = /* @__PURE__ */ openTableModelOn(nodeOpening)

/**
 * Opens an engine by name, `auto` for the best that there is: native, wasm or reference. `webgpu` is opened by name alone.
 *
 * Errors: `engine/unknown`, `engine/threads`, `engine/unavailable`.
 *
 * @example
 * ```ts
 * import { openEngine, train } from 'betavae'
 *
 * const engine = await openEngine('wasm', { threads: 1 })
 * const { trained } = await train({ data: { source: 'digits' }, training: { steps: 5 } }, { engine })
 * console.log(trained.recipe.training.steps)
 * ```
 */
export async function openEngine(name: string = 'auto', options: EngineOptions = {}): Promise<Engine> {
  return (await openAmong(nodeEngines, name, options)).engine
}
