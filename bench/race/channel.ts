import type { Hello, Question, Turn } from '../contestants/protocol.ts'

/** A way to ask a contestant, wherever it runs; it works only between a question and its answer. */
export interface Channel {
  /** Rejects with what the contestant says of why it cannot. */
  ask(question: Question): Promise<Hello | Turn>
  close(): Promise<void>
}
