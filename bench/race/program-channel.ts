import type { Figures, Hello } from '../contestants/protocol.ts'
import type { Channel } from './channel.ts'

/** What a program that is started is assigned: the folder to work in. */
export interface StartPlace {
  readonly cwd: string
}

/** What one start of a program came to. */
interface Started {
  readonly ms: number
  /** Nats per example, where it says so. */
  readonly answer?: number
}

/** A step is one start of a program, from its spawning on. */
export function programChannel<One extends Started>(
  { version, note }: Hello,
  start: (cwd: string) => Promise<One>,
  figuresOf: (starts: readonly One[]) => Figures,
): Channel {
  let cwd = ''
  return {
    async ask(question) {
      if ('assignment' in question) {
        cwd = (question.assignment as StartPlace).cwd
        return { version, note }
      }
      const starts: One[] = []
      while (starts.length < question.steps) starts.push(await start(cwd))
      return {
        ms: starts.map(({ ms }) => ms),
        answer: starts.at(-1)?.answer ?? Number.NaN,
        figures: figuresOf(starts),
      }
    },
    close: async () => {},
  }
}
