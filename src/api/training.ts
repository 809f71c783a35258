import { BetavaeError } from '../base/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { Weight } from '../objective/schedule.ts'
import type { Recipe } from '../recipe/recipe.ts'
import type { Trained } from '../recipe/trained.ts'
import { writeCheckpoint } from '../runs/checkpoint.ts'
import type { TrainEvent } from '../train/events.ts'
import type { TrainState } from '../train/state.ts'
import { Steering } from '../train/steering.ts'
import { type Prepared, steered } from './prepare.ts'
import { type TrainedRun, trainedOf } from './trained-run.ts'

/**
 * A training that can be watched or awaited: `for await (const event of training)`, then `await training`.
 *
 * It starts when first read or awaited. Awaiting it reads what is left of the events.
 */
export class Training<Result> implements AsyncIterable<TrainEvent>, PromiseLike<Result> {
  readonly #source: AsyncGenerator<TrainEvent, Result, undefined>
  readonly #result: Promise<Result>
  #resolve!: (result: Result) => void
  #reject!: (reason: unknown) => void
  #started = false

  /** @internal */
  constructor(source: AsyncGenerator<TrainEvent, Result, undefined>) {
    this.#source = source
    this.#result = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever only iterates has the error already; an unread promise must not end the process.
    this.#result.catch(() => undefined)
  }

  /** Its events as they happen; may be read once. */
  async *[Symbol.asyncIterator](): AsyncGenerator<TrainEvent, void, undefined> {
    this.#started = true
    try {
      for (;;) {
        const next = await this.#source.next()
        if (next.done) return this.#resolve(next.value)
        yield next.value
      }
    } catch (error) {
      this.#reject(error)
      throw error
    } finally {
      // Nothing happens here if the result is there already.
      this.#reject(leftEarly())
      await this.#source.return(undefined as never)
    }
  }

  // biome-ignore lint/suspicious/noThenProperty: being awaitable is what this class is for
  then<A = Result, B = never>(
    onDone?: ((result: Result) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (!this.#started) void this.#drain()
    return this.#result.then(onDone, onError)
  }

  async #drain(): Promise<void> {
    try {
      for await (const _ of this);
    } catch {
      // The promise has been rejected with it.
    }
  }
}

const leftEarly = (): BetavaeError =>
  new BetavaeError({
    code: 'train/left-early',
    seen: 'a training whose events were not read to the end',
    wanted: 'its last event before its result',
    fix: 'read all events, or stop it with a signal',
  })

/** What a training needs to go on elsewhere: `train(checkpoint.recipe, { from: checkpoint.bytes })`. @inline */
export interface TrainCheckpoint {
  /** Updates done. */
  readonly step: number
  /** Complete, and as it was steered. */
  readonly recipe: Recipe
  readonly bytes: Uint8Array
}

/** What runs beneath, once it is ready. */
interface Bench {
  readonly prepared: Prepared
  readonly engine: Engine
}

/** Hands over what a training runs on, once that is ready. */
export interface Helm {
  readonly steering: Steering
  ready(bench: Bench): void
}

/**
 * A training in memory that can be steered while it runs. Not reading its events pauses it for as long as one
 * likes.
 *
 * A weight that is moved is told as an event `weight` and stands in every later step's `weights`. The recipes of
 * `trained()`, of `checkpoint()` and of the result tell it, too: a number that was moved at step 250 becomes
 * `steps(1, 250, 8)`. A training of that recipe comes to the same bits, and one that goes on from a checkpoint
 * goes on at 8. Of a schedule that was moved, or moved to, the last weight alone is told.
 */
export class SteeredTraining extends Training<TrainedRun> {
  readonly #steering: Steering
  readonly #bench: () => Bench | undefined

  /**
   * `begin` gets what the training is steered by, and makes its events.
   *
   * @internal
   */
  constructor(begin: (helm: Helm) => AsyncGenerator<TrainEvent, TrainedRun, undefined>) {
    const steering = new Steering()
    let bench: Bench | undefined
    const ready = (given: Bench) => {
      bench = given
    }
    super(begin({ steering, ready }))
    this.#steering = steering
    this.#bench = () => bench
  }

  /** Complete, and as it was steered so far; undefined before the first event. */
  get recipe(): Recipe | undefined {
    const bench = this.#bench()
    return bench && steered(bench.prepared, this.#steering).recipe
  }

  /**
   * Holds a term's weight, or a schedule of it by the number of the step, from the next step on; nothing is compiled
   * anew. `term` is its name, of a second one of the same name with `-2` behind it, as in a step's `weights`.
   *
   * The best epoch so far is forgotten, since it was judged by other weights. Errors, all usage: `train/no-term`, and
   * those that a recipe with this weight has; before the first event they come from the training instead.
   */
  setWeight(term: string, weight: Weight): void {
    this.#steering.setWeight(term, weight)
  }

  /**
   * The model as it stands between two steps, in arrays of its own, to be opened, saved or exported.
   *
   * With `codes: false` it lacks the codes of training examples, which only samplers other than the prior ask for and
   * which take a pass over up to 2,000 examples. Error: `train/not-running`, before the first event and after the last.
   */
  trained({ codes = true }: { readonly codes?: boolean } = {}): Promise<Trained> {
    // As it stands, which need not be the best epoch so far.
    return this.#look(({ prepared, engine }, state) =>
      trainedOf(prepared, engine, { ...state, best: null }, codes),
    )
  }

  /** Everything that is needed to go on from here, to the same bits on the same engine. Error: `train/not-running`. */
  checkpoint(): Promise<TrainCheckpoint> {
    return this.#look(async ({ prepared: { recipe, layouts } }, state) => ({
      step: state.step,
      recipe,
      bytes: writeCheckpoint(state, layouts),
    }))
  }

  #look<Result>(use: (bench: Bench, state: TrainState) => Promise<Result>): Promise<Result> {
    return this.#steering.look((state) => {
      // Only a training that runs is looked at, and it runs on a bench.
      const { prepared, engine } = this.#bench() as Bench
      return use({ prepared: steered(prepared, this.#steering), engine }, state)
    })
  }
}
