import type { Failure } from '../protocol.ts'

/** Something to tell the person, and ways on from it. */
export interface Message {
  readonly id: number
  readonly tone: 'note' | 'warning' | 'problem'
  readonly failure: Failure
  readonly actions: readonly { readonly label: string; readonly run: () => void }[]
}

/** What the person was told and has not dismissed. */
export class Messages {
  /** Newest last. */
  all = $state.raw<readonly Message[]>([])
  #told = 0

  /** The same thing stands there once, however often it is told; an action that is taken dismisses it. */
  tell(failure: Failure, tone: Message['tone'], actions: Message['actions']): void {
    const id = ++this.#told
    const others = this.all.filter((one) => one.failure.seen !== failure.seen)
    const dismissing = actions.map(({ label, run }) => ({
      label,
      run: () => {
        this.dismiss(id)
        run()
      },
    }))
    this.all = [...others, { id, tone, failure, actions: dismissing }]
  }

  dismiss(id: number): void {
    this.all = this.all.filter((message) => message.id !== id)
  }
}
