/** What a contestant is asked: first its assignment, then for a number of steps. */
export type Question<Assignment = unknown> = { readonly assignment: Assignment } | { readonly steps: number }

/** Numbers that a contestant says beside its times, such as the memory it holds. */
export type Figures = Readonly<Record<string, number>>

/** Its answer to an assignment. */
export interface Hello {
  readonly version: string
  readonly note: string
  readonly figures?: Figures
}

/** Its answer to a number of steps. */
export interface Turn {
  /** Of each step. */
  readonly ms: readonly number[]
  /** What the last step came to: a training's loss in nats per example. */
  readonly answer: number
  readonly figures?: Figures
}

/** A contestant that stands ready: `step` does step `tick` and gives what it came to. */
export interface Contestant extends Omit<Hello, 'figures'> {
  step(tick: number): Promise<number>
}

export type Build<Assignment> = (assignment: Assignment) => Promise<Contestant>

/** Answers questions with a contestant, in the order in which they come. */
export function answering<Assignment>(
  build: Build<Assignment>,
): (question: Question<Assignment>) => Promise<Hello | Turn> {
  let contestant: Contestant
  let tick = 0
  return async (question) => {
    if ('assignment' in question) {
      contestant = await build(question.assignment)
      return { version: contestant.version, note: contestant.note }
    }
    const ms: number[] = []
    let answer = 0
    while (ms.length < question.steps) {
      const start = performance.now()
      answer = await contestant.step(tick++)
      ms.push(performance.now() - start)
    }
    return { ms, answer }
  }
}
