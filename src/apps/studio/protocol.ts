/**
 * Messages between the page and its worker. The page sends a `Request` and gets the `Reply` of the same id; the worker
 * pushes `Report`s unasked, at most about ten times a second. Large arrays are transferred, not copied: whoever sends
 * one gives it up. The page imports types alone from here and from the public API; the worker holds the library.
 */

import type { ColumnCard, FidelityRow, GapFill } from '../../inside.tables.ts'
import type {
  Cause,
  Cell,
  Diagnosis,
  EngineName,
  EpochEvent,
  Given,
  Ledger,
  LoggedEvent,
  Projection,
  Recipe,
  RecipeDraft,
  SplitMetrics,
  TermSpec,
  TrainingOptions,
  TraversalUnit,
  Unit,
  Weight,
} from '../../inside.ts'

/** What went wrong, as the library says it: what was seen, what was wanted, and what to do. */
export interface Failure {
  /** Greppable, such as `data/format`; `studio/…` where the studio itself says it. */
  readonly code: string
  readonly seen: string
  readonly wanted: string
  readonly fix: string
}

/** Images as canvases take them: `rgba` holds `count` pictures one after another, each `height` rows of `width`. */
export interface Pictures {
  readonly kind: 'images'
  readonly count: number
  readonly width: number
  readonly height: number
  /** [count, height, width, 4], 0 to 255. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

/** Examples that are no images: rows of a table, or of numbers. */
export interface Cells {
  readonly kind: 'cells'
  readonly count: number
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Examples as people look at them. */
export type Shown = Pictures | Cells

// ---- Data ----

/** Where examples come from. */
export type DataSource =
  /** Bundled with the page: one of `Vocabulary.data`. */
  | { readonly kind: 'bundled'; readonly name: string }
  /** Dropped by the visitor: one .csv, .npz, .npy or IDX file, or images. */
  | {
      readonly kind: 'files'
      readonly files: readonly File[]
      /** Where each lay in what was dropped, with slashes; default: beside each other. */
      readonly paths?: readonly string[]
      /** Column or array of class numbers; without it the one named `label`. */
      readonly label?: string
      /** Side that images are cropped and scaled to; default: their own, and no more than 64, of color images 32. */
      readonly size?: number
      /** Of columns whose kind somebody knows better than their cells tell, by name. */
      readonly kinds?: Readonly<Record<string, ColumnKind>>
      /** Columns that a model is given instead of learning from them. */
      readonly given?: readonly string[]
    }

/** Kinds that a person may say a column is of. */
export const columnKinds = ['real', 'count', 'categorical', 'binary', 'datetime', 'identifier'] as const
export type ColumnKind = (typeof columnKinds)[number]

export type { ColumnCard }

/** What the data are, for people to check at a glance. */
export interface DataCard {
  readonly name: string
  /** Whether they are the visitor's own, whatever they are called. */
  readonly isOwn: boolean
  readonly count: number
  /** [channels, height, width] for images, [features] else. */
  readonly exampleShape: readonly number[]
  readonly kind: 'images' | 'table' | 'numbers'
  /** Examples of each class by its number; absent without classes. */
  readonly classes?: readonly number[]
  /** Of a table: what is modelled, and what a model is given. */
  readonly columns?: readonly ColumnCard[]
  /** Names of these. */
  readonly given?: readonly string[]
  /** Names of what is known of examples that have no columns: the class, factors. */
  readonly known: readonly string[]
  /** The first few examples. */
  readonly examples: Shown
  /** Anything that is worth knowing, such as files that were left out. */
  readonly notes: readonly string[]
}

/** Examples that the server sends along with a run. */
export interface ExampleSet {
  /** [n, ...exampleShape], in the data's own units; of a table its encoded rows. */
  readonly data: Uint8Array | Float32Array
  readonly shape: readonly number[]
  readonly labels?: Int32Array
  /** What the model is given of each [n, width]; absent where that is nothing. */
  readonly condition?: Float32Array
  /** Their row numbers in the data; default: 0 to n − 1. */
  readonly rows?: Uint32Array
}

// ---- Choices and the objective ----

export interface Choice {
  readonly name: string
  readonly summary: string
}

export interface PresetChoice extends Choice {
  readonly paper?: string
  readonly terms: readonly TermSpec[]
}

/** Everything that the studio lets a person choose from. */
export interface Vocabulary {
  readonly data: readonly Choice[]
  readonly presets: readonly PresetChoice[]
  readonly architectures: readonly Choice[]
  readonly projections: readonly Choice[]
  readonly engines: readonly EngineChoice[]
}

/** What most trainings leave as it is; the worker loads it when it is asked for. */
export interface ModelChoices {
  /** All those for images and rows, the usual ones first. */
  readonly architectures: readonly Choice[]
  readonly likelihoods: readonly Choice[]
  readonly priors: readonly Choice[]
}

export interface EngineChoice {
  readonly name: EngineName
  /** Whether it opened here; `reason` says why not, or why `auto` passes over it. */
  readonly available: boolean
  readonly reason?: string
}

/** A draft filled in from the data, and what it says. */
/** What a term calls its weight, and what it usually is. */
export interface UsualWeight {
  /** Greek or Latin letter. */
  readonly symbol: string
  readonly usual: number
}

export interface Explained {
  readonly recipe: Recipe
  /** Formula, a line for each term, β in every convention. `ledger.terms[i].name` is the key that `setWeight` takes. */
  readonly ledger: Ledger
  /** Of the terms, in the ledger's order. */
  readonly weights: readonly UsualWeight[]
  /** Numbers that the model learns. */
  readonly parameters: number
  readonly stepsPerEpoch: number
  /** What is allowed but probably not meant. */
  readonly warnings: readonly string[]
}

// ---- Training ----

/** idle: nothing yet. lost: the worker or its GPU is gone, and the training can go on from its last snapshot. */
export type Phase = 'idle' | 'starting' | 'running' | 'paused' | 'finished' | 'failed' | 'lost'

/** All that is needed to go on: kept by the page every few seconds. */
export interface Snapshot {
  /** Updates done. */
  readonly step: number
  /** As it was steered: a moved weight stands in it as a schedule of steps. */
  readonly recipe: Recipe
  /** A checkpoint, whose training goes on to the same bits on the same engine. */
  readonly checkpoint: Uint8Array<ArrayBuffer>
}

export interface StartRequest {
  readonly draft: RecipeDraft
  /** Goes on from here; the recipe is then the snapshot's own, and `draft` is not looked at. */
  readonly from?: Snapshot
  /** Whether to wait for `resume` or `step` before the first step. */
  readonly paused?: boolean
}

export interface Started {
  readonly recipe: Recipe
  readonly ledger: Ledger
  readonly engine: string
  readonly threads: number
  readonly parameters: number
  readonly examples: { readonly train: number; readonly validation: number }
  readonly batch: number
  /** Updates done already, where it goes on from a snapshot. */
  readonly step: number
  readonly totalSteps: number
  readonly stepsPerEpoch: number
}

/** Steps since the last report, column by column; all columns are equally long. Nats, except rates. */
export interface StepColumns {
  readonly step: Uint32Array<ArrayBuffer>
  readonly loss: Float64Array<ArrayBuffer>
  readonly reconstruction: Float64Array<ArrayBuffer>
  /** NaN where there is no KL. */
  readonly kl: Float64Array<ArrayBuffer>
  /** Unweighted, by key. */
  readonly terms: Readonly<Record<string, Float64Array<ArrayBuffer>>>
  /** As they were applied in each step, by key. */
  readonly weights: Readonly<Record<string, Float64Array<ArrayBuffer>>>
}

/** The model as it is learning: the same few held-out examples and the same prior codes every time. */
export interface Fresh {
  readonly step: number
  readonly originals: Shown
  readonly reconstructions: Shown
  /** Absent where nothing held codes to a prior. */
  readonly samples?: Shown
}

export type Report =
  /** Before all other reports of a training. */
  | { readonly report: 'started'; readonly started: Started }
  | {
      readonly report: 'phase'
      readonly phase: Phase
      readonly step: number
      /** Why it ended, or what it failed of. */
      readonly words?: string
      readonly failure?: Failure
    }
  | { readonly report: 'steps'; readonly steps: StepColumns; readonly stepsPerSecond: number }
  | { readonly report: 'epochs'; readonly epochs: readonly EpochEvent[] }
  | { readonly report: 'fresh'; readonly fresh: Fresh }
  | { readonly report: 'diagnosis'; readonly step: number; readonly diagnosis: Diagnosis }
  | { readonly report: 'weight'; readonly step: number; readonly term: string; readonly weight: Weight }
  | { readonly report: 'warning'; readonly code: string; readonly words: string }
  | { readonly report: 'snapshot'; readonly snapshot: Snapshot }

// ---- Exploring: all of it is about one model, the one in training as it stands at `look`, or one that was opened ----

/** What is being explored. */
export interface Subject {
  readonly name: string
  /** 'training' as it stood after `step` updates, or 'run' as it was opened. */
  readonly of: 'training' | 'run'
  readonly step: number
  readonly recipe: Recipe
  readonly latent: number
  readonly stochastic: boolean
  readonly hasPrior: boolean
  readonly exampleShape: readonly number[]
  readonly kind: DataCard['kind']
  /** Examples that can be explored; 0 where a model was opened without any. */
  readonly examples: number
  /** Whether the table that it was trained on is open, with all of its columns. */
  readonly hasTable: boolean
}

export interface MapRequest {
  /** Name of a projection; default pca. */
  readonly by?: Projection['name']
  /** Name of a coloring of `LatentPlane.colorings`. */
  readonly color?: string
  /** Most points; default 2,000. */
  readonly count?: number
}

/** Examples where the encoder puts them. */
export interface LatentPlane {
  /** [n, 2]. */
  readonly points: Float32Array<ArrayBuffer>
  readonly axes: readonly [string, string]
  /** Position of each point's example, as every other request takes it [n]. */
  readonly examples: Uint32Array<ArrayBuffer>
  /** Whole numbers from 0; NaN where nothing is known; absent where nothing tells points apart [n]. */
  readonly colors?: Float32Array<ArrayBuffer>
  readonly coloring?: string
  /** What colors are called, where that says more than their number: all, or the ends of a ramp. */
  readonly colorNames?: Readonly<Record<number, string>>
  readonly colorings: readonly string[]
  /** Posterior means [n, latent]. */
  readonly codes: Float32Array<ArrayBuffer>
  /**
   * For projections that can be undone (a code of two dimensions, PCA), the code of place (x, y) is
   * origin + x·across + y·up; absent for others. Each [latent].
   */
  readonly back?: {
    readonly origin: Float32Array<ArrayBuffer>
    readonly across: Float32Array<ArrayBuffer>
    readonly up: Float32Array<ArrayBuffer>
  }
}

/** Where sliders start and how long a step is: position p of dimension d is the code `base` with center[d] + p·step[d]. */
export interface Frame {
  readonly unit: TraversalUnit
  readonly base: Float32Array<ArrayBuffer>
  readonly center: Float32Array<ArrayBuffer>
  readonly step: Float32Array<ArrayBuffer>
}

/** What one code or example of a conditional model is given, by name. */
export type GivenValues = Readonly<Record<string, Cell>>

/** The same of many: one value for all, or one for each. */
export interface UnderCondition {
  /** Of a model with a condition; without it as is most usual. */
  readonly condition?: Given
}

export interface FrameRequest {
  /** Position of the example whose code is held; without it the mean. */
  readonly example?: number
  readonly unit?: TraversalUnit
}

export interface TraversalRequest extends FrameRequest, UnderCondition {
  /** Rows of the grid, in this order; default: all, by KL. */
  readonly dimensions?: readonly number[]
  /** Columns, in steps of the frame. */
  readonly positions: readonly number[]
}

/** What one column of a table comes to along a dimension. */
export interface Track {
  readonly column: string
  /** Of numbers and dates by position, from 0 to 1: the least and the greatest along any dimension. */
  readonly heights?: readonly number[]
  /** Its cells as they are written. */
  readonly texts: readonly string[]
  /** How far it moves, as a share of the way it goes along any dimension; of levels 1 where they change. */
  readonly moves: number
}

/** `images.count` is dimensions × positions, row by row. */
export interface TraversalGrid {
  readonly dimensions: readonly number[]
  readonly positions: readonly number[]
  readonly images: Shown
  /** Of a table: for each dimension its columns, those that move most first. */
  readonly tracks?: readonly (readonly Track[])[]
}

/** A code, its uncertainty, and what comes back out of it. */
export interface Encoding {
  readonly mean: Float32Array<ArrayBuffer>
  /** Absent where the latent is deterministic. */
  readonly deviation?: Float32Array<ArrayBuffer>
  readonly original: Shown
  readonly reconstruction: Shown
  /** In nats; absent where there is no KL. */
  readonly elbo?: number
}

/** An own example: a file of the data's kind (its first row or image), or values typed in [features]. */
export type OwnExample = { readonly file: File } | { readonly cells: readonly Cell[] }

export interface Neighbor {
  readonly example: number
  /** Euclidean, between posterior means. */
  readonly distance: number
}

/** Examples beside what comes back of them, in the same order. */
export interface Reconstructed {
  readonly originals: Shown
  readonly reconstructions: Shown
}

/** The images that cost a model most. */
export interface UnusualImages {
  /** The dearest first. */
  readonly examples: readonly number[]
  /** What each costs: −ELBO, or where there is none its reconstruction, above what its pixels cost at the least. */
  readonly nats: readonly number[]
  /** What half of all cost less than. */
  readonly usual: number
  /** How many were looked at. */
  readonly of: number
}

/** A row that is unusual under the model, and which cells make it so. */
export interface Anomaly {
  /** Its number in the data. */
  readonly row: number
  /** Its place among the examples that are explored. */
  readonly example: number
  /** How unusual it is, in nats. */
  readonly score: number
  /** Share of held-out rows that are as unusual; absent where none were held out. */
  readonly p?: number
  /** Which detector found it; absent in models without detectors. */
  readonly foundBy?: string
  /** Its cells by what they add, the most telling first. */
  readonly causes: readonly Cause[]
}

/** The most unusual rows of a table, and how unusual all are. */
export interface Anomalies {
  /** Most unusual first. */
  readonly rows: readonly Anomaly[]
  /** Of every row the share of held-out rows that are as unusual, ascending; absent where none were held out. */
  readonly p?: Float64Array<ArrayBuffer>
  /** The least of these shares that so many held-out rows can tell. */
  readonly least?: number
}

/** A table with its gaps filled. */
export interface FilledTable {
  readonly file: NamedBytes
  readonly rows: number
  /** Columns that had gaps: how many cells were filled, and by what. */
  readonly columns: readonly (GapFill & { readonly cells: number })[]
}

/** New rows, and how like the real ones they are. */
export interface MadeRows {
  readonly file: NamedBytes
  /** The first of them. */
  readonly shown: Cells
  readonly fidelity: readonly FidelityRow[]
  /** What there are too few rows to say. */
  readonly unsaid: readonly string[]
}

export const exportKinds = ['onnx', 'safetensors', 'recipe', 'html'] as const
/** onnx: encoder and decoder as graphs; html: one page with the decoder inside, which opens offline. */
export type ExportKind = (typeof exportKinds)[number]

/** A file to be saved. */
export interface NamedBytes {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

// ---- The table of commands ----

/** By name: what a command is given, and what it gives. Each may fail with a `Failure`. */
export interface Commands {
  vocabulary: { given: null; gives: Vocabulary }
  modelChoices: { given: null; gives: ModelChoices }
  /** Whether the worker is there. */
  ping: { given: null; gives: null }
  /** Opens data for training and exploring; what was open stays open if this fails. */
  openData: { given: DataSource; gives: DataCard }
  /** Fills a draft in from the open data and reads its objective out; trains nothing. */
  explain: { given: RecipeDraft; gives: Explained }
  /** A recipe with what mends a finding, to be trained on the open data. */
  mended: { given: { readonly recipe: Recipe; readonly options: TrainingOptions }; gives: RecipeDraft }
  /** What the doctor says of a run that another process trains or trained. */
  diagnose: { given: { readonly recipe: Recipe; readonly events: readonly LoggedEvent[] }; gives: Diagnosis }

  /** Begins a training on the open data; one that runs is stopped first. */
  start: { given: StartRequest; gives: Started }
  pause: { given: null; gives: null }
  resume: { given: null; gives: null }
  /** So many steps, then pauses. */
  step: { given: { readonly count: number }; gives: null }
  /** Ends it early, as if it had been planned so; what it learned stays to be explored. */
  stop: { given: null; gives: null }
  /** Holds from the next step on. `term` is a key of the ledger. */
  setWeight: { given: { readonly term: string; readonly weight: Weight }; gives: null }
  /** Whether `fresh` pictures are wanted now; they cost training time. Default: yes. */
  watch: { given: { readonly fresh: boolean }; gives: null }
  /** A snapshot now, beside those that come by themselves. */
  snapshot: { given: null; gives: Snapshot }

  /** Opens a finished run from the bytes of its weights.safetensors, and examples where there are some. */
  openRun: {
    given: { readonly name: string; readonly weights: Uint8Array; readonly examples?: ExampleSet }
    gives: Subject
  }
  /** Takes the model of the training as it stands now for all requests below. */
  look: { given: null; gives: Subject }
  /** Dimensions, highest KL first. */
  units: { given: null; gives: readonly Unit[] }
  map: { given: MapRequest; gives: LatentPlane }
  /** Examples by position, in this order. */
  examples: { given: { readonly examples: readonly number[] }; gives: Shown }
  /** Models with a condition alone: what they are given of an example, or what is most usual. */
  given: { given: { readonly example?: number }; gives: GivenValues }
  /** Codes [n, latent]. */
  decode: {
    given: {
      readonly codes: Float32Array
      readonly count: number
      /** What they were given as codes of an example, where they are. */
      readonly own?: GivenValues
    } & UnderCondition
    gives: Shown
  }
  encode: { given: { readonly example: number } | (OwnExample & UnderCondition); gives: Encoding }
  frame: { given: FrameRequest; gives: Frame }
  traverse: { given: TraversalRequest; gives: TraversalGrid }
  /**
   * `steps` pictures on a straight line between the codes of two examples, both ends included; what they are given lies on
   * a line, too, where nothing else is asked for.
   */
  interpolate: {
    given: { readonly from: number; readonly to: number; readonly steps: number } & UnderCondition
    gives: Shown
  }
  sample: { given: { readonly count: number; readonly seed: number } & UnderCondition; gives: Shown }
  /** Examples nearest to a code in code space, nearest first. */
  neighbors: { given: { readonly code: Float32Array; readonly count: number }; gives: readonly Neighbor[] }
  /** Examples by position, and what comes back of them. */
  reconstruct: { given: { readonly examples: readonly number[] }; gives: Reconstructed }
  /** Images alone: the `count` most unusual of up to 2,000. */
  unusualImages: { given: { readonly count: number }; gives: UnusualImages }
  /** Tables alone: the `count` most unusual rows. */
  anomalies: { given: { readonly count: number }; gives: Anomalies }
  /** Tables alone, of the open one where no file is given: the score of every row as CSV. */
  scoreTable: { given: { readonly file?: File }; gives: NamedBytes }
  fillTable: { given: { readonly file?: File }; gives: FilledTable }
  makeRows: {
    given: { readonly count: number; readonly seed: number; readonly condition?: GivenValues }
    gives: MadeRows
  }
  export: { given: { readonly kind: ExportKind }; gives: readonly NamedBytes[] }
}

export type CommandName = keyof Commands

/** What the worker is told before anything else. */
export interface Hello {
  /** Folder of ONNX Runtime's files, relative to the page, made absolute. */
  readonly wasmPaths: string
}

export type Request = {
  [Name in CommandName]: {
    readonly id: number
    readonly command: Name
    readonly given: Commands[Name]['given']
  }
}[CommandName]

export type Reply =
  | { readonly id: number; readonly gives: Commands[CommandName]['gives'] }
  | { readonly id: number; readonly failure: Failure }

export type FromWorker = Reply | Report
export type ToWorker = Hello | Request

/** What the rate–distortion plane shows of an epoch: held-out numbers where there are some. */
export interface RatePoint extends Pick<SplitMetrics, 'reconstruction'> {
  readonly step: number
  readonly kl: number
}
