import type { Recipe, RecipeDraft } from '../../../../inside.ts'
import type { DataCard, Shown, TraversalGrid } from '../../protocol.ts'
import { session } from '../../session/session.svelte.ts'
import { StudioError } from '../../session/studio-error.ts'
import { place } from '../../session/url.svelte.ts'
import { CHEAP, DEAR, tourSteps } from './steps.ts'

const DATA = 'mnist-sample'
const TERM = 'kl'
/** Steps of a stretch, after which the training rests until the person goes on. */
const STRETCH = 500
/** More than a person uses up. */
const TOTAL = 20_000
const SAMPLES = 24
const ROWS = 3
const POSITIONS = [-3, -2.25, -1.5, -0.75, 0, 0.75, 1.5, 2.25, 3]

const recipe = {
  // Black and white: of grey values the Bernoulli likelihood would be no probability, and the sum no ELBO.
  data: { source: DATA, binarize: 'dynamic' },
  model: { latent: { size: 10 }, architecture: { name: 'mlp', hidden: [128] } },
  objective: { name: 'beta-vae', terms: [{ term: TERM, weight: 1 }] },
  training: { steps: TOTAL, batch: 64, seed: 0 },
} satisfies RecipeDraft

/** A training of the tour is known by its recipe, so that one that goes on after a crash still is. */
const isOurs = ({ data, objective, training }: Recipe): boolean =>
  data.source === DATA && objective.name === recipe.objective.name && training.steps === TOTAL

/** The tour, whose every step is read off the training: a reload or a look elsewhere loses nothing of it. */
class Tour {
  samples = $state.raw<Shown>()
  grid = $state.raw<TraversalGrid>()
  /** The training is about to begin. */
  isBeginning = $state(false)
  #draws = 0
  #opening: Promise<DataCard | undefined> | undefined

  /** Whether the session's training is the tour's. */
  readonly isOn: boolean = $derived(session.started !== undefined && isOurs(session.started.recipe))

  /** From 1; the first one as long as there is no training to show. */
  readonly step: number = $derived(
    this.isOn ? Math.min(tourSteps.length, Math.max(1, Math.round(Number(place.params.step)) || 1)) : 1,
  )

  /** Whether the training rests between two stretches. */
  readonly isResting: boolean = $derived(session.phase === 'paused' || session.phase === 'finished')

  /** How much of each step has happened, 0 to 1. */
  readonly shares: readonly number[] = $derived.by(() => {
    const steps = session.history.length
    const weights = session.history.column(`weight.${TERM}`)
    const at = (isMeant: (beta: number) => boolean) =>
      weights.reduce((sum, beta) => sum + Number(isMeant(beta)), 0)
    const [dear, cheap] = [at((beta) => beta >= DEAR), at((beta) => beta <= CHEAP)]
    const shares = [1, steps / STRETCH, this.samples ? 1 : 0, dear / STRETCH, cheap / STRETCH]
    return shares.map((share) => (this.isOn ? Math.min(1, share) : 0))
  })

  /** Whether each step has happened. */
  readonly happened: readonly boolean[] = $derived(this.shares.map((share) => share === 1))

  readonly beta: number = $derived(Number(session.weights[TERM] ?? 1))

  /** Opens the digits, unless there is something else of the person's own. */
  prepare(): void {
    const isOwn = session.data?.isOwn
    const isBusy = session.isTraining || session.isOpening
    if (!this.isOn && !isBusy && !isOwn && session.data?.name !== DATA) void this.#openDigits()
  }

  async begin(): Promise<void> {
    this.isBeginning = true
    const isOpen =
      (session.data?.name === DATA && !session.data.isOwn) || (await this.#openDigits()) !== undefined
    this.samples = this.grid = undefined
    if (isOpen && (await session.start(recipe, { paused: true }))) await session.stepBy(STRETCH)
    this.isBeginning = false
  }

  /** Moves β, and trains a stretch with it where the training rests. */
  async price(beta: number): Promise<void> {
    await session.setWeight(TERM, beta)
    if (session.phase === 'paused') await session.stepBy(STRETCH)
  }

  /** Digits that nobody wrote. */
  draw = (): Promise<void> =>
    this.#try(async () => {
      await this.#look()
      this.samples = await session.ask('sample', { count: SAMPLES, seed: this.#draws++ })
    })

  /** What the dimensions that say most do. */
  traverse = (): Promise<void> =>
    this.#try(async () => {
      await this.#look()
      const units = await session.ask('units', null)
      const dimensions = units.slice(0, ROWS).map(({ dimension }) => dimension)
      this.grid = await session.ask('traverse', { positions: POSITIONS, dimensions })
    })

  /** Ends the training of a tour that has come to its end, so that another one may begin. */
  leave(): void {
    if (this.happened.at(-1) && session.isTraining) void session.stop()
  }

  /** Who is in a hurry waits for the opening that is under way. */
  #openDigits(): Promise<DataCard | undefined> {
    this.#opening ??= session.open({ kind: 'bundled', name: DATA }).finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async #look(): Promise<void> {
    const { subject } = session
    if (subject?.of !== 'training' || subject.step !== session.step) await session.look()
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof StudioError) session.tell(error.failure)
      else throw error
    }
  }
}

export const tour = new Tour()
