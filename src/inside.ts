/** Everything that our apps reach for, the same in Node.js and in a browser; a house entry that the package does not publish. */
import { browserModels, browserPlatform } from './api/browser.ts'
import { openOn } from './api/open.ts'
import { startBalanceOn } from './api/prepare.ts'
import { trainOn } from './api/train.ts'

export { type EvaluateOptions, evaluate, type SplitName, splitNames } from './api/evaluate.ts'
export type { ModelSource, Open, OpenModelOptions } from './api/open.ts'
export type { OpenTableModel, OpenTableModelOptions } from './api/open-table-model.ts'
export type { StartBalance } from './api/prepare.ts'
export { type Preview, preview } from './api/preview.ts'
export { type Savable, save } from './api/save.ts'
export type { Train, TrainOptions, TrainPlain } from './api/train.ts'
export type { TrainTable, TrainTableOptions } from './api/train-table.ts'
export type { TrainedRun } from './api/trained-run.ts'
export type { SteeredTraining, TrainCheckpoint, Training } from './api/training.ts'
export type { ElementType, NDArray, NumericArray } from './base/arrays.ts'
export { joinedFloats, joinedRows, ndarray } from './base/arrays.ts'
export { BetavaeError } from './base/errors.ts'
export { noRoom } from './base/no-room.ts'
export { type Bearer, broughtBy, type Part, type PartKind, registered } from './base/parts.ts'
export { rowsInChunk } from './data/chunks.ts'
export { withColumns } from './data/columns.ts'
export { type Condition, conditionValue, placedColumns } from './data/condition.ts'
export { type Dataset, datasetOf, type Factors } from './data/dataset.ts'
export { type Examples, exampleReader, type Rows } from './data/examples.ts'
export { type FactorRows, factorsOf } from './data/factors.ts'
export { shortest, writeCsv } from './data/formats/csv.ts'
export { writeNpy } from './data/formats/npy.ts'
export { openArrayBytes } from './data/open-array-bytes.ts'
export { openBytes } from './data/open-bytes.ts'
export { sources } from './data/sources/index.ts'
export type { Cell, TableChunk } from './data/tables/cell.ts'
export type { TableDataset, TableDatasetOptions } from './data/tables/dataset.ts'
export { rowDecoder, rowEncoder, type UnreadCell } from './data/tables/encode.ts'
export type { TableRows } from './data/tables/held-table.ts'
export type { InferOptions, InspectedTable } from './data/tables/infer-schema.ts'
export type { KindChoice } from './data/tables/kind-choice.ts'
export { defineColumnKind } from './data/tables/kinds/own.ts'
export { tableLayout } from './data/tables/layout.ts'
export type { Level } from './data/tables/levels.ts'
export { isMissing } from './data/tables/missing.ts'
export type { Row } from './data/tables/row.ts'
export {
  columnKinds,
  describeColumn,
  kindNameOf,
  kindsWith,
  type TableSchema,
  tableSchemaSchema,
} from './data/tables/schema.ts'
export type { TableStream } from './data/tables/stream.ts'
export type { Engine, EngineName, EngineOptions } from './engine/engine.ts'
export { browserEngines } from './engine/onnxruntime/engines.ts'
export { type Candidate, openEngine } from './engine/select.ts'
export type { Evaluation } from './evaluate/evaluation.ts'
export type { SampleFidelity } from './evaluate/sample-fidelity.ts'
export { cardOf } from './export/card.ts'
export { exportOnnx } from './export/onnx.ts'
export { version } from './export/version.ts'
export { readWeights, writeWeights } from './export/weights.ts'
export * as graph from './graph/vocabulary.ts'
export { ROWS_AT_ONCE } from './infer/chunks.ts'
export type { Given, GivenRows } from './infer/given.ts'
export { askedConditions } from './infer/kept-conditions.ts'
export type { Encoded, Model, SampleOptions, Scored } from './infer/model.ts'
export { allSamplers as samplers } from './infer/samplers/index.ts'
export { defineSampler, type Sampler } from './infer/samplers/sampler.ts'
export type { CodeSpread, SpreadSource } from './infer/samplers/spread.ts'
export { SCORED_AT_ONCE, type SplitMetrics } from './infer/scoring.ts'
export type { Drawn } from './infer/tables/accepting.ts'
export type { Cause } from './infer/tables/causes.ts'
export type { ChunkModel, ChunkModelOptions, LiveScorer, RowScores } from './infer/tables/chunk-model.ts'
export type { ScoredRow } from './infer/tables/scored-rows.ts'
export type { CellTable } from './infer/tables/synthesize.ts'
export type { ImputeRowsOptions, TableModel, TableRow } from './infer/tables/table-model.ts'
export type { ScoreRowsOptions } from './infer/tables/table-service.ts'
export type { Usual } from './infer/tables/usual.ts'
export { refuseRows } from './infer/tables/windows/refuse-rows.ts'
export {
  type FrameOptions,
  placesAlong,
  type TraversalFrame,
  type TraversalUnit,
  traversalFrame,
  traversalUnits,
} from './infer/traversal.ts'
export { shownUnits, type Unit, unitsOf } from './infer/units.ts'
export { type Architecture, defineArchitecture } from './model/architectures/architecture.ts'
export { allArchitectures as architectures } from './model/architectures/index.ts'
export { allLatents as latents } from './model/distributions/index.ts'
export { defineLatent, type Latent } from './model/distributions/latent.ts'
export { allLikelihoods as likelihoods } from './model/likelihoods/index.ts'
export { defineLikelihood, type Likelihood } from './model/likelihoods/likelihood.ts'
export { allPriors as priors } from './model/priors/index.ts'
export { definePrior, type Prior } from './model/priors/prior.ts'
export {
  type Balance,
  type BalancedLedger,
  type Balances,
  balanceOf,
  type Entry,
  withBalances,
} from './objective/balance.ts'
export type { ConventionLine, NamedWeight } from './objective/conventions.ts'
export { everyPart } from './objective/every-part.ts'
export { type Conversion, convert, explain, type Ledger, type LedgerLine } from './objective/ledger.ts'
export type { WeightMove } from './objective/moves.ts'
export type { TermSpec } from './objective/objective.ts'
export { allPresets as presets } from './objective/presets/index.ts'
export { definePreset, type Preset } from './objective/presets/preset.ts'
export {
  defineSchedule,
  parseWeight,
  type Schedule,
  type ScheduleKind,
  type Weight,
} from './objective/schedule.ts'
export { defineTerm, type Term } from './objective/term.ts'
export { allTerms } from './objective/terms/index.ts'
export { allOptimizers as optimizers } from './optimizers/index.ts'
export { defineOptimizer, type Optimizer } from './optimizers/optimizer.ts'
export { partsOf, type WithParts } from './recipe/bring.ts'
export { completeRecipe, presetOf } from './recipe/complete.ts'
export { checkDraft } from './recipe/draft.ts'
export { loadRecipe } from './recipe/load.ts'
export {
  checkRecipe,
  type DatasetDraft,
  type Recipe,
  type RecipeDraft,
  recipeSchema,
} from './recipe/recipe.ts'
export { givenTo, type Splits, splitsOf } from './recipe/splits.ts'
export { modelParts, type Trained } from './recipe/trained.ts'
export { type Animation, pingPong } from './report/animation/animation.ts'
export { encodeApng } from './report/animation/apng.ts'
export { encodeGif } from './report/animation/gif.ts'
export { type Panel, type PanelOptions, panelFrames } from './report/animation/panels.ts'
export type { ExplorerOptions } from './report/explorer/options.ts'
export { explorerPage } from './report/explorer/page.ts'
export * as format from './report/format.ts'
export { type GridOptions, imageGrid, intensityRange, pairedGrid, type Raster } from './report/grid.ts'
export { coloringOf } from './report/map/coloring.ts'
export { type Coloring, type LatentMap, latentMap, type MapOptions } from './report/map/latent-map.ts'
export { MANIFOLD_SIDE, manifold } from './report/map/manifold.ts'
export { type MapPage, mapPage } from './report/map/page.ts'
export { mapRaster } from './report/map/raster.ts'
export { mapSvg } from './report/map/svg.ts'
export { encodePng } from './report/png.ts'
export { allProjections as projections } from './report/projections/index.ts'
export { defineProjection, type Projection } from './report/projections/projection.ts'
export { spreadRows } from './report/spread-rows.ts'
export { balancesOf } from './runs/balances.ts'
export { type Diagnosis, diagnose } from './runs/diagnosis/diagnose.ts'
export type { Finding, Severity, TrainingOptions } from './runs/diagnosis/finding.ts'
export type { Recorded } from './runs/diagnosis/history.ts'
export { mended } from './runs/diagnosis/mended.ts'
export { mendingCommand, mendingWords } from './runs/diagnosis/mending-command.ts'
export { type LoggedEvent, logged } from './runs/journal.ts'
export { type RunState, type RunSummary, summaryOf } from './runs/summary.ts'
export {
  type Calibration,
  calibrationOf,
  conformalThreshold,
  neededCalibration,
  pValue,
} from './statistics/anomaly/conformal.ts'
export { averagePrecision, rocAuc, rocCurve } from './statistics/anomaly/curves.ts'
export { type Detector, defineDetector } from './statistics/anomaly/detectors/detector.ts'
export { DETECTORS as detectors } from './statistics/anomaly/detectors/index.ts'
export type { Drift } from './statistics/anomaly/drift/drift.ts'
export { benjaminiHochberg } from './statistics/anomaly/multiple-testing.ts'
export { topRows } from './statistics/anomaly/scores.ts'
export { type Confidence, confidenceOf } from './statistics/confidence.ts'
export {
  type Disentanglement,
  type DisentanglementOptions,
  disentanglement,
  type MetricResult,
} from './statistics/disentanglement.ts'
export type { FidelityReport } from './statistics/fidelity/report.ts'
export type { FidelityTable } from './statistics/fidelity/table.ts'
export { METRICS as metrics } from './statistics/metrics/index.ts'
export {
  defineMetric,
  type FactoredCodes,
  type Metric,
  type MetricScore,
} from './statistics/metrics/metric.ts'
export type { Frontier, FrontierMember } from './sweep/frontier.ts'
export type { FrontierPoint } from './sweep/point.ts'
export type { Suggestion } from './sweep/suggestion.ts'
export type {
  EndEvent,
  EpochEvent,
  StartEvent,
  StepEvent,
  TrainEvent,
  WarningEvent,
  WeightEvent,
} from './train/events.ts'

export const train = trainOn(browserPlatform)
export const open = openOn(browserModels)
export const startBalance = startBalanceOn(browserPlatform)
