/** The one store that views read and whose methods they call. Data flow one way: worker → reports → here → views. */
import type { EngineName, RecipeDraft, Weight } from '../../../inside.ts'
import type {
  ColumnKind,
  CommandName,
  Commands,
  DataCard,
  DataSource,
  Explained,
  Failure,
  ModelChoices,
  Report,
  Snapshot,
  Started,
  StartRequest,
  Subject,
  Vocabulary,
} from '../protocol.ts'
import { Keeping } from './keeping.svelte.ts'
import { type Kept, openKeeper } from './kept.ts'
import { type Message, Messages } from './messages.svelte.ts'
import { OtherTabs } from './other-tabs.svelte.ts'
import { PageRuns } from './page-runs.svelte.ts'
import { Served } from './served.svelte.ts'
import { StudioError } from './studio-error.ts'
import { TrainingRecord } from './training-record.svelte.ts'
import { WorkerLine } from './worker-line.ts'

/** Codes after which the person is told what to do by whoever noticed. */
const WORKER_LOST = 'studio/worker-lost'

export class Session extends TrainingRecord {
  /** What can be chosen; undefined until the worker has said so. */
  vocabulary = $state.raw<Vocabulary>()
  /** The open data; undefined before any. */
  data = $state.raw<DataCard>()
  /** Kinds of columns of the open data that a person said. */
  kinds = $state.raw<Readonly<Record<string, ColumnKind>>>({})
  /** Data are being opened. */
  isOpening = $state(false)

  /** What Explore is about; undefined before `look` or `openRun`. */
  subject = $state.raw<Subject>()

  /** Runs on disk. */
  readonly served = new Served(this)
  readonly #messages = new Messages()
  readonly #keeper = openKeeper()
  readonly #keeping = new Keeping((failure) => this.tell(failure, 'warning'), this.#keeper)
  /** Trainings of this page that came to their end. */
  readonly pageRuns = new PageRuns(this.#keeper, () => this.tabs.tellOfRuns())
  /** The studio's other tabs in this browser. */
  readonly tabs = new OtherTabs(() => void this.pageRuns.read())
  /** What this tab's training is called among those of all tabs. */
  #training = ''
  #line: WorkerLine | undefined
  /** Where the open data came from, to open them again. */
  #source: DataSource | undefined
  /** The data of the training, which may be others than those that are open now. */
  #trainedOn: DataSource | undefined
  /** Of the training that is about to begin: its data, and what it has behind it where it goes on. */
  #next: { readonly past?: Kept; readonly source?: DataSource } = {}
  #isGpuGone = false

  constructor() {
    super()
    void this.#begin()
  }

  /** Messages that were not dismissed, newest last. */
  get messages(): readonly Message[] {
    return this.#messages.all
  }

  /** Step of the snapshot that the page keeps; undefined where there is none to go on from. */
  get keptStep(): number | undefined {
    return this.#keeping.last?.kept.snapshot.step
  }

  /** Whether that training had come to its end. */
  get isKeptWhole(): boolean {
    const snapshot = this.#keeping.last?.kept.snapshot
    return snapshot !== undefined && snapshot.step >= snapshot.recipe.training.steps
  }

  /** Asks the worker; rejects with a `StudioError`. All of Explore and Take away goes through here. */
  ask<Name extends CommandName>(
    command: Name,
    given: Commands[Name]['given'],
  ): Promise<Commands[Name]['gives']> {
    this.#line ??= this.#connect()
    return this.#line.ask(command, given)
  }

  // Each of these tells the person what went wrong by itself and never rejects; what fails gives undefined.

  /** Opens data; what was open stays if that fails. */
  async open(source: DataSource): Promise<DataCard | undefined> {
    this.isOpening = true
    const card = await this.#try('openData', source)
    this.isOpening = false
    if (!card) return undefined
    this.#source = source
    this.data = card
    this.kinds = (source.kind === 'files' && source.kinds) || {}
    return card
  }

  /** Reads the open table anew, a column as one of this kind; '' leaves it to its cells. */
  async readColumnAs(column: string, kind: ColumnKind | ''): Promise<void> {
    const source = this.#source
    if (source?.kind !== 'files') return
    const { [column]: _, ...others } = this.kinds
    const before = this.kinds
    this.kinds = kind === '' ? others : { ...others, [column]: kind }
    if (!(await this.open({ ...source, kinds: this.kinds }))) this.kinds = before
  }

  /** Fills a draft in from the open data; trains nothing. */
  explain(draft: RecipeDraft): Promise<Explained | undefined> {
    return this.#try('explain', draft)
  }

  /** What a model can be made of besides what the data and the objective say. */
  modelChoices(): Promise<ModelChoices | undefined> {
    return this.#try('modelChoices', null)
  }

  /** Begins a training on the open data, in place of the last one. */
  start(
    draft: RecipeDraft,
    { paused = false }: { readonly paused?: boolean } = {},
  ): Promise<Started | undefined> {
    return this.#start({ draft, paused })
  }

  async pause(): Promise<void> {
    await this.#try('pause', null)
  }

  async resume(): Promise<void> {
    await this.#try('resume', null)
  }

  /** So many steps, then pauses. */
  async stepBy(count: number): Promise<void> {
    await this.#try('step', { count })
  }

  async stop(): Promise<void> {
    await this.#try('stop', null)
  }

  /** Holds from the next step on. `term` is a key of the ledger. */
  async setWeight(term: string, weight: Weight): Promise<void> {
    const before = this.weights
    this.weights = { ...before, [term]: weight }
    if ((await this.#try('setWeight', { term, weight })) === undefined) this.weights = before
  }

  /** Goes on from the kept snapshot: after a crash, a lost GPU or a reload. Another engine may take over. */
  async goOn({ engine }: { readonly engine?: EngineName } = {}): Promise<void> {
    const found = this.#keeping.last
    if (!found || this.phase === 'starting') return
    const { kept, source } = found
    // A GPU that is gone does not come back to the worker that had it.
    if (this.#isGpuGone) this.#disconnect()
    if (!this.#isOpen(source) && !(await this.open(source))) return
    const { snapshot } = kept
    const recipe = engine ? { ...snapshot.recipe, engine: { name: engine } } : snapshot.recipe
    await this.#start({ draft: recipe, from: { ...snapshot, recipe } }, kept)
  }

  /** Forgets the kept snapshot. */
  async forget(): Promise<void> {
    await this.#keeping.forget()
  }

  /** Takes the model as it stands now into Explore. */
  async look(): Promise<Subject | undefined> {
    return this.#explore(await this.#try('look', null))
  }

  /** Opens a finished run into Explore. */
  async openRun(run: Commands['openRun']['given']): Promise<Subject | undefined> {
    return this.#explore(await this.#try('openRun', run))
  }

  /** Says something to the person; the same thing once at a time. */
  tell(failure: Failure, tone: Message['tone'] = 'problem', actions: Message['actions'] = []): void {
    this.#messages.tell(failure, tone, actions)
  }

  dismiss(id: number): void {
    this.#messages.dismiss(id)
  }

  /** What can be chosen, and what was kept from before. */
  async #begin(): Promise<void> {
    if (typeof Worker === 'undefined') return
    await Promise.all([this.#keeping.read(), this.pageRuns.read()])
    this.vocabulary = await this.#try('vocabulary', null)
  }

  #connect(): WorkerLine {
    const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' })
    return new WorkerLine(worker, new URL('ort/', document.baseURI).href, {
      report: (report) => this.#take(report),
      lost: (failure) => void this.#lose(failure),
      isBusy: () => this.phase === 'running' || this.phase === 'starting',
    })
  }

  #disconnect(): void {
    this.#line?.close()
    this.#line = undefined
    this.#isGpuGone = false
    this.#source = undefined
    this.subject = undefined
  }

  async #try<Name extends CommandName>(
    command: Name,
    given: Commands[Name]['given'],
  ): Promise<Commands[Name]['gives'] | undefined> {
    try {
      return await this.ask(command, given)
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      // A lost worker says so itself, once for all that was asked of it.
      if (error.failure.code !== WORKER_LOST) this.tell(error.failure)
      return undefined
    }
  }

  #explore(subject: Subject | undefined): Subject | undefined {
    if (subject) this.subject = subject
    return subject
  }

  async #start(request: StartRequest, past?: Kept): Promise<Started | undefined> {
    const before = this.phase
    this.phase = 'starting'
    this.#next = { past, source: this.#source }
    const started = await this.#try('start', request)
    // Nothing was touched where it could not begin; a training that ran before has been ended by then.
    if (!started && this.phase === 'starting')
      this.phase = before === 'lost' || !this.started ? before : 'finished'
    return started
  }

  #take(report: Report): void {
    if (report.report === 'started') {
      const { past, source } = this.#next
      this.#training = this.#keeping.begin({ goesOn: past !== undefined })
      this.begin(report.started, past)
      this.#trainedOn = source
      // Whoever begins one wants to watch that one.
      this.served.leave()
      // What was kept of another training is kept on disk until this one has a snapshot.
      if (!past) this.#keeping.last = undefined
      return
    }
    this.record(report)
    if (report.report === 'phase' || report.report === 'steps') this.#tellTabs()
    if (report.report === 'phase') this.#takePhase(report)
    else if (report.report === 'warning') this.#warn(report.code, report.words)
    else if (report.report === 'snapshot') this.#keep(report.snapshot)
  }

  #takePhase({ phase, failure }: Extract<Report, { report: 'phase' }>): void {
    if (phase === 'finished') this.#remember()
    this.#isGpuGone ||= phase === 'lost'
    if (failure) this.tell(failure, 'problem', phase === 'lost' ? this.#waysOn({ isGpu: true }) : [])
  }

  #tellTabs(): void {
    const { started, phase, step } = this
    if (!started) return
    const { totalSteps, recipe } = started
    this.tabs.tell({ id: this.#training, data: recipe.data.source, phase, step, totalSteps })
  }

  /** What the training came to; its recipe is the one of its last snapshot, in which moved weights stand. */
  #remember(): void {
    const { started, step, epochs } = this
    // One that was finished when it was opened again stands in the list already.
    if (!started || epochs.length === 0 || step === started.step) return
    const snapshot = this.#keeping.last?.kept.snapshot
    const recipe = snapshot?.step === step ? snapshot.recipe : started.recipe
    const state = step < started.totalSteps ? 'interrupted' : 'finished'
    this.pageRuns.add({ recipe, state, step, epochs })
  }

  /** The doctor's own words stand in Watch, and what is to be said of the choices stands where they are made. */
  #warn(code: string, words: string): void {
    if (!/^(diagnosis|recipe)\//.test(code))
      this.tell({ code, seen: words, wanted: '', fix: 'training goes on' }, 'warning')
  }

  /** The worker is gone: another one takes its place, with the same data open. */
  async #lose(failure: Failure): Promise<void> {
    const source = this.#source
    this.#disconnect()
    if (this.isTraining || this.phase === 'finished') this.phase = 'lost'
    this.tell(failure, 'problem', this.#waysOn({ isGpu: false }))
    if (source) await this.open(source)
  }

  #waysOn({ isGpu }: { readonly isGpu: boolean }): Message['actions'] {
    if (this.keptStep === undefined) return []
    const from = `from step ${this.keptStep.toLocaleString('en-US')}`
    const again = { label: `Go on ${from}`, run: () => void this.goOn() }
    const without = { label: `Go on ${from} with WebAssembly`, run: () => void this.goOn({ engine: 'wasm' }) }
    return isGpu ? [without, again] : [again]
  }

  #isOpen(source: DataSource): boolean {
    return this.#source !== undefined && (this.#source === source || sameBundled(this.#source, source))
  }

  #keep(snapshot: Snapshot): void {
    if (!this.#trainedOn) return
    const kept = { snapshot, history: this.history.copy(), epochs: this.epochs }
    void this.#keeping.keep(kept, this.#trainedOn)
  }
}

const sameBundled = (a: DataSource, b: DataSource): boolean =>
  a.kind === 'bundled' && b.kind === 'bundled' && a.name === b.name

/** The page's session. */
export const session = new Session()
