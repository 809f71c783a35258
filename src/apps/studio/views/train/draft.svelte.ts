/** What a person has chosen for the next training. It outlives the view, so that a look elsewhere loses nothing. */
import type {
  EngineName,
  Recipe,
  RecipeDraft,
  TermSpec,
  TrainingOptions,
  Weight,
} from '../../../../inside.ts'
import type { Explained, Failure, ModelChoices } from '../../protocol.ts'
import { type Session, session } from '../../session/session.svelte.ts'
import { StudioError } from '../../session/studio-error.ts'
import { place } from '../../session/url.svelte.ts'
import { type Summand, summandsOf } from './formula/summands.ts'
import { type Pull, pullOf, weightOf } from './shapes.ts'
import { choicesIn, type SharedChoices } from './shared.ts'

/** What `train` starts from, too. */
const USUAL_PRESET = 'vae'

/** Steps until the worker has said how many the data want. */
const USUAL_STEPS = 2000

/** Waits this long for the next change before the worker is asked what they come to, in milliseconds. */
const PATIENCE = 120

export class TrainDraft {
  preset = $state(USUAL_PRESET)
  /** Terms of `termsOf` with their options; filled in by the worker. */
  terms = $state.raw<readonly TermSpec[]>([])
  termsOf = $state('')
  /** One for each term. */
  pulls = $state.raw<readonly Pull[]>([])

  /** '' or undefined where the data decide, as they do for `train`. */
  architecture = $state('')
  latent = $state<number>()
  likelihood = $state('')
  prior = $state('')

  steps = $state<number>()
  batch = $state<number>()
  learningRate = $state<number>()
  seed = $state(0)
  engine = $state<'auto' | EngineName>('auto')

  /** What all this comes to with the open data. */
  explained = $state.raw<Explained>()
  /** What can be chosen besides; asked for when somebody wants to see it. */
  choices = $state.raw<ModelChoices>()
  /** Why it cannot be. */
  failure = $state.raw<Failure>()

  readonly #session: Session
  /** Weights that the address asks for, until there are terms for them. */
  #shared: readonly number[] | undefined
  /** Whether the training that there is, if any, is this draft's. */
  #isOwn = false
  #waiting: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  constructor(owner: Session, shared: SharedChoices = {}) {
    this.#session = owner
    const { weights, ...choices } = shared
    Object.assign(this, choices)
    this.#shared = weights
  }

  /** What of this is worth sharing: where it differs from what is usual. */
  get shared(): SharedChoices {
    const { preset, architecture, latent, steps, seed, pulls } = this
    return {
      preset,
      architecture,
      latent,
      steps,
      seed: seed === 0 ? undefined : seed,
      weights: this.termsOf === preset ? pulls.map(({ value }) => value) : this.#shared,
    }
  }

  get recipe(): RecipeDraft {
    const { architecture, latent, likelihood, prior, steps, batch, learningRate } = this
    return {
      data: { source: this.#session.data?.name ?? '' },
      model: {
        ...(architecture ? { architecture: { name: architecture } } : {}),
        ...(latent ? { latent: { size: latent } } : {}),
        ...(likelihood ? { likelihood: { name: likelihood } } : {}),
        ...(prior ? { prior: { name: prior } } : {}),
      },
      objective: {
        name: this.preset,
        ...(this.termsOf === this.preset
          ? { terms: this.terms.map((term, i) => ({ ...term, weight: this.weight(i) })) }
          : {}),
      },
      training: {
        seed: this.seed,
        ...(steps ? { steps } : {}),
        ...(learningRate ? { learningRate } : {}),
        ...(batch ? { batch } : {}),
      },
      engine: { name: this.engine },
    }
  }

  /** Steps that the training takes. */
  get length(): number {
    return this.steps ?? this.explained?.recipe.training.steps ?? USUAL_STEPS
  }

  /** The regularizers as the formula shows them. */
  get summands(): Summand[] {
    const { explained, pulls } = this
    return explained ? summandsOf(explained, pulls) : []
  }

  /** Weight of a term as a recipe takes it. */
  weight(term: number): Weight {
    return weightOf(this.pulls[term], this.length)
  }

  /** Takes a preset's own terms; the model's parts that a preset brings along are its own again, too. */
  choosePreset(name: string): void {
    this.preset = name
    this.#shared = undefined
    this.likelihood = ''
    this.prior = ''
  }

  /** Changes a term's weight; of a training that runs, at once. */
  pull(term: number, change: Partial<Pull>): void {
    this.pulls = this.pulls.map((pull, i) => (i === term ? { ...pull, ...change } : pull))
    const key = this.explained?.ledger.terms[term]?.name
    if (key && this.isLive) void this.#session.setWeight(key, this.weight(term))
  }

  /** Whether the training that runs is the one that was chosen here, so that moving a weight moves its weight. */
  get isLive(): boolean {
    return this.#session.isTraining && this.#session.started?.recipe.objective.name === this.preset
  }

  /** Asks what the choices come to, once no more of them come in. */
  consider(recipe: RecipeDraft): void {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => void this.#explain(recipe), PATIENCE)
  }

  /** Asks what can be chosen besides, once. */
  async askChoices(): Promise<void> {
    this.choices ??= await this.#session.modelChoices()
  }

  async #explain(recipe: RecipeDraft): Promise<void> {
    const turn = ++this.#asked
    try {
      const explained = await this.#session.ask('explain', recipe)
      if (turn !== this.#asked) return
      this.explained = explained
      this.failure = undefined
      if (this.termsOf !== explained.recipe.objective.name) this.#take(explained.recipe.objective)
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      if (turn === this.#asked) this.failure = error.failure
    }
  }

  /** Begins a training of what was chosen. */
  async begin(): Promise<void> {
    this.#isOwn = true
    await this.#session.start(this.recipe)
  }

  /** Trains again with what mends a finding; the choices become those. */
  async mend(recipe: Recipe, options: TrainingOptions): Promise<void> {
    const mended = await this.#session.ask('mended', { recipe, options })
    this.#isOwn = false
    await this.#session.start(mended)
  }

  /** Becomes what a training was begun with, unless it was begun from here. */
  adopt({ objective, model, training }: Recipe): void {
    if (this.#isOwn) return
    this.#isOwn = true
    this.preset = objective.name
    this.architecture = model.architecture.name
    this.latent = model.latent.size
    this.steps = training.steps
    this.batch = training.batch
    this.likelihood = ''
    this.prior = ''
    this.seed = training.seed
    this.#shared = undefined
    this.#take(objective)
  }

  #take({ name, terms }: Recipe['objective']): void {
    const shared = this.#shared
    this.termsOf = name
    this.terms = terms
    this.pulls = terms.map(({ weight }, i) => {
      const own = pullOf(weight)
      return { ...own, value: shared?.[i] ?? own.value }
    })
  }
}

export const draft = new TrainDraft(session, choicesIn(place.params))
