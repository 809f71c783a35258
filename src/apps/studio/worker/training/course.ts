import {
  BetavaeError,
  type Dataset,
  diagnose,
  type Engine,
  type EpochEvent,
  type LoggedEvent,
  logged,
  preview,
  type StartEvent,
  type SteeredTraining,
  type TrainEvent,
  type Trained,
  train,
  type Weight,
} from '../../../../inside.ts'
import type { Phase, Report, Snapshot, Started, StartRequest } from '../../protocol.ts'
import type { Engines } from '../engines.ts'
import { failureOf } from '../failure.ts'
import { Cadence } from './cadence.ts'
import { FreshLook } from './fresh.ts'
import { Gate } from './gate.ts'
import { StepBuffer } from './step-buffer.ts'

/** Milliseconds between reports of steps, looks at the pictures, diagnoses and snapshots. */
const REPORTS = 100
const LOOKS = 1000
const DIAGNOSES = 1000
const SNAPSHOTS = 5000
const FIRST_SNAPSHOT = 1000

/** What a course needs to begin. */
export interface CourseParts {
  readonly request: StartRequest
  readonly dataset: Dataset
  readonly engines: Engines
  readonly tell: (report: Report) => void
}

/** One training, from its start to its end. */
export class Course {
  readonly dataset: Dataset
  readonly #tell: (report: Report) => void
  readonly #training: SteeredTraining
  readonly #engine: Engine
  readonly #stop = new AbortController()
  readonly #gate: Gate
  readonly #steps = new StepBuffer()
  readonly #reports = new Cadence(REPORTS, 1, 0)
  readonly #looks = new Cadence(LOOKS, 0.1)
  readonly #diagnoses = new Cadence(DIAGNOSES, 0.05)
  readonly #snapshots = new Cadence(SNAPSHOTS, 0.05, FIRST_SNAPSHOT)
  readonly #events: LoggedEvent[] = []
  #epochs: EpochEvent[] = []
  #flushed = performance.now()
  #fresh: FreshLook | undefined
  #start: StartEvent | undefined
  #step = 0
  #ended: Trained | undefined
  #isOver = false
  /** Resolves when nothing of it runs any more; never rejects. */
  over: Promise<void> = Promise.resolve()
  /** Whether anyone looks at the pictures. */
  isWatched = true

  private constructor({ request, dataset, tell }: CourseParts, engine: Engine) {
    this.dataset = dataset
    this.#tell = tell
    this.#engine = engine
    this.#gate = new Gate(request.paused !== true)
    const { from, draft } = request
    this.#training = train(from?.recipe ?? draft, {
      dataset,
      engine,
      signal: this.#stop.signal,
      ...(from ? { from: from.checkpoint } : {}),
    })
  }

  /** Checks everything, and begins. Rejects as a training does that cannot be. */
  static async begin(parts: CourseParts): Promise<{ course: Course; started: Started }> {
    const { request, dataset, engines } = parts
    const { recipe, ledger } = await preview(request.from?.recipe ?? request.draft, dataset)
    const engine = await engines.open(recipe.engine.name, recipe.engine.threads)
    const course = new Course(parts, engine)
    const events = course.#training[Symbol.asyncIterator]()
    const first = await events.next()
    if (first.done || first.value.kind !== 'start') throw new Error('a training begins with its start')
    const { kind: _, rows: __, dataSize: ___, ...facts } = first.value
    course.#start = first.value
    course.#step = facts.step
    course.#events.push(first.value)
    const started: Started = { recipe, ledger, ...facts }
    parts.tell({ report: 'started', started })
    course.over = course.#run(events)
    return { course, started }
  }

  /** Updates done. */
  get step(): number {
    return this.#step
  }

  pause(): void {
    this.#gate.close()
  }

  resume(steps?: number): void {
    this.#gate.open(steps)
  }

  /** Ends it early; resolves when it has. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#gate.open()
    await this.over
  }

  setWeight(term: string, weight: Weight): void {
    this.#training.setWeight(term, weight)
  }

  /** The model as it stands, or as it ended. */
  async trained(): Promise<Trained> {
    return this.#ended ?? this.#training.trained()
  }

  /** All that is needed to go on from here. */
  async snapshot(): Promise<Snapshot> {
    const { step, recipe, bytes } = await this.#training.checkpoint()
    return { step, recipe, checkpoint: new Uint8Array(bytes) }
  }

  async #run(events: AsyncIterator<TrainEvent>): Promise<void> {
    try {
      if (this.#gate.isOpen) this.#phase('running')
      for (;;) {
        if (!this.#gate.isOpen) await this.#rest()
        const next = await events.next()
        if (next.done) break
        await this.#take(next.value)
      }
      const { trained, reason } = await this.#training
      this.#ended = trained
      this.#isOver = true
      this.#flush()
      await this.#look(trained)
      this.#diagnose()
      this.#phase('finished', endings[reason])
    } catch (error) {
      this.#isOver = true
      this.#flush()
      this.#fail(error)
    }
  }

  /** Tells where it stands, and waits until it may go on. */
  async #rest(): Promise<void> {
    this.#flush()
    this.#phase('paused')
    this.#diagnose()
    await this.#look()
    await this.#keep()
    await this.#gate.pass()
    this.#flushed = performance.now()
    if (!this.#stop.signal.aborted) this.#phase('running')
  }

  async #take(event: TrainEvent): Promise<void> {
    const line = logged(event, this.#start?.totalSteps ?? 0)
    if (line) this.#events.push(line)
    if (event.kind === 'step') await this.#takeStep(event.step, () => this.#steps.add(event))
    else if (event.kind === 'epoch') {
      this.#epochs.push(event)
      if (this.#diagnoses.isDue) await this.#diagnoses.do(async () => this.#diagnose())
    } else if (event.kind === 'checkpoint') await this.#keep()
    else if (event.kind === 'weight')
      this.#tell({ report: 'weight', step: event.step, term: event.term, weight: event.weight })
    else if (event.kind === 'warning')
      this.#tell({ report: 'warning', code: event.code, words: event.message })
  }

  async #takeStep(step: number, add: () => void): Promise<void> {
    this.#step = step
    this.#gate.count()
    add()
    if (this.#reports.isDue) await this.#reports.do(async () => this.#flush())
    if (this.isWatched && this.#looks.isDue) await this.#look()
    if (this.#snapshots.isDue) await this.#keep()
  }

  #flush(): void {
    const now = performance.now()
    const count = this.#steps.size
    const steps = this.#steps.take()
    const stepsPerSecond = (1000 * count) / Math.max(1, now - this.#flushed)
    this.#flushed = now
    if (steps) this.#tell({ report: 'steps', steps, stepsPerSecond })
    if (this.#epochs.length > 0) this.#tell({ report: 'epochs', epochs: this.#epochs })
    this.#epochs = []
  }

  async #look(trained?: Trained): Promise<void> {
    await this.#looks.do(async () => {
      const { recipe } = this.#training
      if (!recipe) return
      this.#fresh ??= await FreshLook.open(recipe, this.dataset, this.#engine)
      const model = trained ?? (await this.#training.trained({ codes: false }))
      this.#tell({ report: 'fresh', fresh: await this.#fresh.look(model, this.#step) })
    })
  }

  async #keep(): Promise<void> {
    await this.#snapshots.do(async () => this.#tell({ report: 'snapshot', snapshot: await this.snapshot() }))
  }

  #diagnose(): void {
    const { recipe } = this.#training
    if (!recipe) return
    const diagnosis = diagnose({ recipe, events: this.#events })
    this.#tell({ report: 'diagnosis', step: this.#step, diagnosis })
  }

  #phase(phase: Phase, words?: string): void {
    this.#tell({ report: 'phase', phase, step: this.#step, ...(words ? { words } : {}) })
  }

  /** The library's own errors are about the training; from a GPU, others mean that it is gone. */
  #fail(error: unknown): void {
    const isLost = this.#engine.name === 'webgpu' && !(error instanceof BetavaeError)
    const failure = failureOf(error)
    this.#tell({
      report: 'phase',
      step: this.#step,
      ...(isLost
        ? { phase: 'lost', failure: { ...lostGpu, seen: `WebGPU stopped: ${lastWords(failure.seen)}` } }
        : { phase: 'failed', failure }),
    })
  }

  get isOver(): boolean {
    return this.#isOver
  }
}

const endings = {
  finished: 'all planned steps are done',
  'early-stop': 'validation no longer improved',
  interrupted: 'stopped by hand',
} as const

/** What ONNX Runtime says of a GPU ends with what the browser said; before that stand its own files. */
const lastWords = (text: string): string =>
  (text.split('message: ').at(-1) as string).slice(0, 200).replace(/\.$/, '')

const lostGpu = {
  code: 'studio/gpu-lost',
  wanted: 'a GPU that stays with the page',
  fix: 'go on from the last snapshot, or choose the engine wasm',
} as const
