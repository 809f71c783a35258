/**
 * `betavae/runs`: run directories, sweeps, published results and reports; Node.js only.
 *
 * @module betavae/runs
 */
import { type TrainRun, trainRun as trainRunPlain } from '../api/node/run.ts'
import { type Sweep, sweep as sweepPlain } from '../api/node/sweep/sweep.ts'

export { type Imported, type ImportOptions, importWeights } from '../api/import-weights.ts'
export { type ImportedRun, type ImportRunOptions, importRun } from '../api/node/import-run.ts'
export { evaluateRun, type OpenedRun } from '../api/node/opened-run.ts'
export { writeReport } from '../api/node/report.ts'
export type { ReproduceEvent } from '../api/node/reproduce/events.ts'
export { type ReproduceOptions, reproduce } from '../api/node/reproduce/reproduce.ts'
export { type RunOnDisk, resumeRun, type TrainRunOptions } from '../api/node/run.ts'
export type { SweepEvent } from '../api/node/sweep/events.ts'
export { resumeSweep, type SweepOptions } from '../api/node/sweep/sweep.ts'
export { type OpenedTableRun, openTableRun, type TableRunOptions } from '../api/node/tables/table-run.ts'
export type { NameMap } from '../export/torch/state-dict.ts'
export type { ChunkModel } from '../infer/tables/chunk-model.ts'
export { splitsOf } from '../recipe/splits.ts'
export type { Weighed } from '../reproduce/weigh.ts'
export { type Diagnosis, diagnose } from '../runs/diagnosis/diagnose.ts'
export { listRuns, openRun, type RunDirectory } from '../runs/node/store.ts'
export type { Frontier } from '../sweep/frontier.ts'
export type { Member as SweepMember, SweepDraft } from '../sweep/plan.ts'
export type { MemberScore } from '../sweep/score.ts'

/**
 * Trains into a run directory, which appears when everything has been checked and the first step can run.
 *
 * Errors: those of `train`, `runs/exists`, `runs/busy`, `files/write`.
 *
 * @example
 * ```ts
 * import { open } from 'betavae'
 * import { listRuns, trainRun } from 'betavae/runs'
 *
 * await trainRun({ data: { source: 'digits' }, training: { steps: 20 } }, { out: 'runs/mine' })
 * const model = await open('runs/mine')
 * console.log(await listRuns(), model.latent)
 * model.dispose()
 * ```
 */
export const trainRun: TrainRun = trainRunPlain

/**
 * Trains a recipe at several β and seeds, judges each run on held-out rows, and draws rate against distortion.
 *
 * What is finished in `out` is kept, and what has begun goes on, to the same table. The last event has the frontier.
 * Errors: those of training, `sweep/betas`, `sweep/seeds`, `sweep/no-beta`, `runs/exists`, `runs/busy`,
 * `sweep/other-plan`, `sweep/no-held-out`, `sweep/jobs`, all before anything is written.
 *
 * @example
 * ```ts
 * import { sweep } from 'betavae/runs'
 *
 * const recipe = { data: { source: 'digits' }, training: { steps: 10 } }
 * for await (const event of sweep({ recipe, betas: [1, 4] }, { out: 'runs/two' }))
 *   if (event.kind === 'end' && event.reason === 'finished') console.log(event.frontier.points.length)
 * ```
 */
export const sweep: Sweep = sweepPlain
