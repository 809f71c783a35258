/**
 * Messages between the page and its worker. The page sends a `Request` and gets the `Reply` of the same id; the worker
 * pushes `Report`s unasked, at most about ten times a second. Large arrays are transferred, not copied: whoever sends
 * one gives it up. The page imports types alone from here and from the public API; the worker holds the library.
 */
import type {
  Diagnosis,
  LoggedEvent,
  Recipe,
  RecipeDraft,
  TrainingOptions,
  Unit,
  Weight,
} from '../../inside.ts'
import type { Explained, ModelChoices, Vocabulary } from './protocol/choices.ts'
import type { DataCard, DataSource, ExampleSet } from './protocol/data.ts'
import type {
  Encoding,
  Frame,
  FrameRequest,
  GivenValues,
  LatentPlane,
  MapRequest,
  Neighbor,
  OwnExample,
  Reconstructed,
  Subject,
  TraversalGrid,
  TraversalRequest,
  UnderCondition,
  UnusualImages,
} from './protocol/exploring.ts'
import type { ExportKind, NamedBytes } from './protocol/files.ts'
import type { Failure, Shown } from './protocol/shown.ts'
import type { Anomalies, FilledTable, MadeRows } from './protocol/tables.ts'
import type { Report, Snapshot, Started, StartRequest } from './protocol/training.ts'

export type * from './protocol/choices.ts'
export * from './protocol/data.ts'
export type * from './protocol/exploring.ts'
export * from './protocol/files.ts'
export type * from './protocol/shown.ts'
export type * from './protocol/tables.ts'
export type * from './protocol/training.ts'

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
