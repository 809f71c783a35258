import { fail } from '../base/errors.ts'
import { type Turns, turns } from '../base/turns.ts'
import type { WeightMove } from '../objective/moves.ts'
import { movedTerm, type WeightedTerm } from '../objective/objective.ts'
import type { Weight } from '../objective/schedule.ts'
import type { WeightEvent } from './events.ts'
import { copyOfState, type TrainState } from './state.ts'

/** What those outside a training do to it while it runs: move weights, and look at its state between two steps. */
export class Steering {
  readonly #asked = new Map<string, Weight>()
  readonly #moves: WeightMove[] = []
  /** One job after another: a state is whole only between two steps. */
  readonly turn: Turns = turns()
  #terms: readonly WeightedTerm[] | undefined
  #read: (() => Promise<TrainState>) | undefined

  /**
   * A term's weight from the next step on.
   *
   * Errors, all usage: `train/no-term`, and those of a recipe's weights; of a training that has not begun, they come
   * from it.
   */
  setWeight(term: string, weight: Weight): void {
    if (this.#terms) movedTerm(termOf(this.#terms, term), weight)
    this.#asked.set(term, weight)
  }

  /** What was moved so far, in order. */
  get moves(): readonly WeightMove[] {
    return this.#moves
  }

  /** Moves the terms to the weights that were asked for since the last step, and says what moved. */
  take(
    terms: readonly WeightedTerm[],
    step: number,
  ): { terms: readonly WeightedTerm[]; moves: WeightEvent[] } {
    if (this.#asked.size === 0) return { terms, moves: [] }
    const moves = [...this.#asked].map(([term, weight]): WeightEvent => {
      const { weight: was } = termOf(terms, term)
      return { kind: 'weight', step, term, weight, was: was.text }
    })
    const moved = terms.map((term) => {
      const weight = this.#asked.get(term.key)
      return weight === undefined ? term : movedTerm(term, weight)
    })
    this.#asked.clear()
    this.#moves.push(...moves)
    return { terms: moved, moves }
  }

  /** Connects a running training, until it is disposed. */
  attach(terms: readonly WeightedTerm[], read: () => Promise<TrainState>): Disposable {
    this.#terms = terms
    this.#read = read
    return {
      [Symbol.dispose]: () => {
        this.#read = undefined
      },
    }
  }

  /** What `use` makes of a copy of the state as it stands between two steps. Error: `train/not-running`. */
  look<Result>(use: (state: TrainState) => Promise<Result>): Promise<Result> {
    return this.turn(async () => use(copyOfState(await (this.#read ?? refuseSteering)())))
  }
}

const termOf = (terms: readonly WeightedTerm[], key: string): WeightedTerm =>
  terms.find((term) => term.key === key) ??
  fail({
    code: 'train/no-term',
    seen: `a weight for the term "${key}"`,
    wanted: terms.length > 0 ? terms.map((term) => term.key).join(', ') : 'an objective with terms',
    fix: terms.length > 0 ? 'name one of those' : 'train with the term at weight 0, then move it',
    usage: true,
  })

const refuseSteering = (): never =>
  fail({
    code: 'train/not-running',
    seen: 'a look at a training that has not begun, or has ended',
    wanted: 'one that is between its first event and its last',
    fix: 'read its first event, or take the result that it ended with',
    usage: true,
  })
