import type { Phase } from '../protocol.ts'
import { livingTrainings } from './living.ts'

/** A training as the other tabs of the studio hear of it. */
export interface TrainingElsewhere {
  readonly id: string
  readonly data: string
  readonly phase: Phase
  readonly step: number
  readonly totalSteps: number
}

type Word =
  /** From a tab that was opened just now: everybody says what they train. */
  | { readonly word: 'hello' }
  | { readonly word: 'training'; readonly training: TrainingElsewhere }
  | { readonly word: 'gone'; readonly id: string }
  /** The list of trainings that have ended is another one now. */
  | { readonly word: 'runs' }

/** Milliseconds between words about the steps of a training, and between looks whether tabs are there still. */
const OFTEN = 1000
const LOOK = 5000

const isUnderWay = ({ phase }: TrainingElsewhere): boolean =>
  ['starting', 'running', 'paused'].includes(phase)

/** What the studio's other tabs in this browser train; each tab has a training of its own and tells the others of it. */
export class OtherTabs {
  #all = $state.raw<ReadonlyMap<string, TrainingElsewhere>>(new Map())
  /** Those that are under way. */
  readonly trainings: readonly TrainingElsewhere[] = $derived([...this.#all.values()].filter(isUnderWay))
  readonly #channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('betavae-studio')
  #own: TrainingElsewhere | undefined
  #said = 0

  /** `onRuns` hears that the list of trainings that have ended has changed. */
  constructor(onRuns: () => void) {
    if (!this.#channel || typeof addEventListener !== 'function') return
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#hear(data, onRuns)
    this.#say({ word: 'hello' })
    addEventListener('pagehide', () => {
      if (this.#own) this.#say({ word: 'gone', id: this.#own.id })
    })
    // A tab that crashed says nothing; the browser knows.
    setInterval(() => void this.#look(), LOOK)
  }

  /** Tells of this tab's training, at once where its phase is another. */
  tell(own: TrainingElsewhere): void {
    const isNews = own.phase !== this.#own?.phase || own.id !== this.#own?.id
    this.#own = own
    const now = performance.now()
    if (!isNews && now - this.#said < OFTEN) return
    this.#said = now
    this.#say({ word: 'training', training: own })
  }

  tellOfRuns(): void {
    this.#say({ word: 'runs' })
  }

  #say(word: Word): void {
    this.#channel?.postMessage(word)
  }

  #hear(said: Word, onRuns: () => void): void {
    if (said.word === 'runs') onRuns()
    else if (said.word === 'hello') {
      if (this.#own) this.#say({ word: 'training', training: this.#own })
    } else if (said.word === 'gone') this.#keep((id) => id !== said.id)
    else this.#all = new Map(this.#all).set(said.training.id, said.training)
  }

  async #look(): Promise<void> {
    if (this.#all.size === 0) return
    const living = await livingTrainings()
    this.#keep((id) => living.has(id))
  }

  #keep(isKept: (id: string) => boolean): void {
    const kept = [...this.#all].filter(([id]) => isKept(id))
    if (kept.length < this.#all.size) this.#all = new Map(kept)
  }
}
