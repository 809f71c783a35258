/**
 * `betavae/runs`: run directories, sweeps, published results and reports; Node.js only.
 *
 * @module betavae/runs
 */
export { evaluateRun, type OpenedRun } from '../api/node/opened-run.ts'
export { writeReport } from '../api/node/report.ts'
export type { ReproduceEvent } from '../api/node/reproduce/events.ts'
export { type ReproduceOptions, reproduce } from '../api/node/reproduce/reproduce.ts'
export { type RunOnDisk, resumeRun, type TrainRunOptions, trainRun } from '../api/node/run.ts'
export type { SweepEvent } from '../api/node/sweep/events.ts'
export { resumeSweep, type SweepOptions, sweep } from '../api/node/sweep/sweep.ts'
export { type OpenedTableRun, openTableRun, type TableRunOptions } from '../api/node/tables/table-run.ts'
export type { ChunkModel } from '../infer/tables/chunk-model.ts'
export { splitsOf } from '../recipe/splits.ts'
export type { Weighed } from '../reproduce/weigh.ts'
export { type Diagnosis, diagnose } from '../runs/diagnosis/diagnose.ts'
export { listRuns, openRun, type RunDirectory } from '../runs/node/store.ts'
export type { Frontier } from '../sweep/frontier.ts'
export type { Member as SweepMember, SweepDraft } from '../sweep/plan.ts'
export type { MemberScore } from '../sweep/score.ts'
