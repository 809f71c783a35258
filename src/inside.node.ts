/** Everything that our apps and tests reach for in Node.js: the isomorphic part, files, run directories and the native engine. Never published. */
import { nodeOpening } from './api/node/open.ts'
import { nodePlatform } from './api/node/platform.ts'
import { openOn } from './api/open.ts'
import { openTableModelOn } from './api/open-table-model.ts'
import { startBalanceOn } from './api/prepare.ts'
import { trainOn } from './api/train.ts'
import { trainTableOn } from './api/train-table.ts'
import { everyPart } from './objective/every-part.ts'

export { averagedScores, SCORED_DRAWS } from './api/averaged-scores.ts'
export { importWeights } from './api/import-weights.ts'
export { readArray } from './api/node/arrays.ts'
export { writeComparison } from './api/node/comparison.ts'
export { importRun } from './api/node/import-run.ts'
export {
  endingOf,
  evaluateOpened,
  evaluateRun,
  type OpenedRun,
  openRunModel,
  trainedFrom,
} from './api/node/opened-run.ts'
export { openRunWith } from './api/node/parts.ts'
export { claimJob, finishJob } from './api/node/queue/claims.ts'
export {
  addJob,
  type Job as QueueJob,
  jobOf,
  jobs as queueJobs,
  keyOf,
} from './api/node/queue/jobs.ts'
export { keepModel } from './api/node/queue/kept-model.ts'
export { openQueue, refuseOldNode } from './api/node/queue/open-queue.ts'
export { type MakePart, partKind } from './api/node/queue/part.ts'
export { partsOnQueue } from './api/node/queue/parts.ts'
export { sweepProgress } from './api/node/queue/progress.ts'
export { searchOnQueue } from './api/node/queue/search.ts'
export { type QueueSweepEvent, sweepOnQueue } from './api/node/queue/sweep.ts'
export {
  cancelJob,
  cleanQueue,
  pausedSince,
  pauseQueue,
  resumeQueue,
  retryJob,
  takenJob,
} from './api/node/queue/tend.ts'
export { workedHere } from './api/node/queue/worked-here.ts'
export { work as workOnQueue } from './api/node/queue/worker.ts'
export { writeReport, writeReportAfter } from './api/node/report.ts'
export type { ReproduceEvent, ReproductionResult } from './api/node/reproduce/events.ts'
export { type ReproduceOptions, reproduce } from './api/node/reproduce/reproduce.ts'
export { completeDraft, type RunOnDisk, resumeRun, type TrainRunOptions, trainRun } from './api/node/run.ts'
export { openRunData } from './api/node/run-data.ts'
export { unitsOfRun } from './api/node/run-units.ts'
export { save } from './api/node/save.ts'
export { refuseBusy } from './api/node/serve/complaints.ts'
export type { AnsweredBatch, ServingAnswer, ServingRequest } from './api/node/serve/generation.ts'
export {
  type AskedOptions,
  type Operation,
  type OperationName,
  operations,
} from './api/node/serve/operations.ts'
export { type Problem, problemBytes, problemOf } from './api/node/serve/problem.ts'
export type { BodyForm, ServedFacts } from './api/node/serve/protocol.ts'
export { distanceOf, type SeenRows } from './api/node/serve/seen-rows.ts'
export { nameOfPlace, ServedModel } from './api/node/serve/served-model.ts'
export { datasetDigest, fileDigest, tableDigest } from './api/node/shards/digests.ts'
export {
  concludeFolder,
  type DigestedPart,
  type FolderJob,
  type FolderPart,
  folderParts,
  partManifest,
  standingPart,
} from './api/node/shards/folder.ts'
export { modelDigest, type ShardJob } from './api/node/shards/manifest.ts'
export { mergeShards } from './api/node/shards/merge.ts'
export { type ShardPart, shardPart, wholePart } from './api/node/shards/part.ts'
export type { SweepEvent } from './api/node/sweep/events.ts'
export {
  resumeSweep,
  type SweepOptions,
  sweep,
  sweepShard,
  unfinishedMembers,
} from './api/node/sweep/sweep.ts'
export { type TableDrift, type TableDriftOptions, tableDrift } from './api/node/tables/drift.ts'
export { tableDriftPage } from './api/node/tables/drift-page.ts'
export { fidelityOfRows, fidelityWithPage } from './api/node/tables/fidelity.ts'
export { inspectionPage, kindOption } from './api/node/tables/inspect.ts'
export { type KeptPlace, openPlace } from './api/node/tables/kept-place.ts'
export { type OutputTarget, tableOutput } from './api/node/tables/output.ts'
export { type ScorePage, scorePage } from './api/node/tables/score-page.ts'
export { type OpenedTableRun, openTableRun, type TableRunOptions } from './api/node/tables/table-run.ts'
export { csvOutput, type OutputRows, type TableOutput } from './api/node/tables/writing.ts'
export { type Complaint, fail } from './base/errors.ts'
export { fewAtATime } from './base/few-at-a-time.ts'
export { nearest } from './base/nearest.ts'
export { withoutPasswords } from './base/passwords.ts'
export { promised } from './base/promised.ts'
export { firstIssue } from './base/schema.ts'
export { commandLine, shellWord } from './base/shell-word.ts'
export { writeSafetensors } from './data/formats/safetensors.ts'
export { separatorNamed } from './data/formats/separators.ts'
export { pathFix } from './data/node/near-path.ts'
export { type OpenDataOptions, openData } from './data/node/open.ts'
export type { OpenOptions } from './data/open-bytes.ts'
export { openPeer } from './data/tables/node/databases/peer.ts'
export { isPostgres, withoutPassword } from './data/tables/node/databases/postgres-url.ts'
export { type OpenTableOptions, openTable } from './data/tables/node/open-table.ts'
export { readOpening } from './data/tables/node/read-opening.ts'
export { isPattern as isTablePattern, tableFiles } from './data/tables/node/table-files.ts'
export type { TableReading } from './data/tables/readers/reader.ts'
export { blockOf, blockOfTable, type RowBlock, type Shard } from './data/tables/row-block.ts'
export { type FilledRows, laidOut, madeLike } from './data/tables/whole-rows.ts'
export { engineNames } from './engine/engine.ts'
export { nodeEngines } from './engine/onnxruntime/node/engines.ts'
export { exportScore } from './export/score/score.ts'
export type { NameMap } from './export/torch/state-dict.ts'
export { givenIn } from './infer/where.ts'
export * from './inside.tables.ts'
export * from './inside.ts'
export { expectedText } from './report/cell-text.ts'
export type { DetectorEntry } from './report/scores/input.ts'
export {
  type Numbers,
  type Reproduction,
  type Schedule as ReproductionSchedule,
  type ScheduleName,
  scheduleNames,
  type Target,
  usualSchedule,
  type Wanted,
} from './reproduce/reproduction.ts'
export { allReproductions as reproductions } from './reproduce/results/index.ts'
export { gotText, type Weighed, wantedText } from './reproduce/weigh.ts'
export { finishedFiles, openWhole, type WholeFile, writeError, writeWhole } from './runs/node/files.ts'
export { loadParts } from './runs/node/load-parts.ts'
export { isWrittenNow } from './runs/node/lock.ts'
export { type LogPlace, readAdded } from './runs/node/log.ts'
export { EVENTS, listRuns, openRun, parseJson, RECIPE, type RunDirectory } from './runs/node/store.ts'
export { summarizeRun } from './runs/node/summarize.ts'
export { mlflowFiles } from './runs/tracking/mlflow.ts'
export { tensorboardFile } from './runs/tracking/tensorboard.ts'
export { isSweep, MEMBERS, openSweep, type SweepDirectory } from './sweep/node/store.ts'
export type { Member as SweepMember, SweepDraft } from './sweep/plan.ts'

// Our apps list, explain and check all that the house has.
await everyPart()

// These stand before the isomorphic ones of the same names, as `open` does.
export const train = trainOn(nodePlatform)
export const trainTable = trainTableOn(nodePlatform, nodeOpening)
export const open = openOn(nodeOpening)
export const openTableModel = openTableModelOn(nodeOpening)
export const startBalance = startBalanceOn(nodePlatform)
export type { SearchEvent } from './api/node/search/events.ts'
export type { SearchDraft } from './api/node/search/prepare.ts'
export { resumeSearch, search } from './api/node/search/search.ts'
export { isSearch, openSearch } from './sweep/node/search-store.ts'
export { type Axis, gridOf, randomOf, readAxis, type Settings } from './sweep/search/axis.ts'
export type { Halving } from './sweep/search/ladder.ts'
export type { RankedMember, Ranking } from './sweep/search/ranking.ts'
export { rankingRecords, settingsIn, shownIn } from './sweep/search/table.ts'
