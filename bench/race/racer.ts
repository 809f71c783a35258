import type { Figures, Hello, Turn } from '../contestants/protocol.ts'
import type { Channel } from './channel.ts'

/** One who may take part in a race. */
export interface Contender {
  readonly name: string
  /** What to type when its packages are missing. */
  readonly install: string
  /** Why it cannot do this workload; undefined where it can. */
  readonly cannot?: string
  open(): Promise<Channel>
}

const missing = /ModuleNotFoundError|Cannot find (module|package)|MODULE_NOT_FOUND|ENOENT|Could not resolve/

/** Whoever takes longer for an answer is out. */
const PATIENCE_MS = 180_000

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A contestant that has its assignment, and what it has done so far. */
export class Racer {
  readonly name: string
  readonly version: string
  readonly note: string
  /** Of every timed step. */
  readonly ms: number[] = []
  /** What its last step came to. */
  answer = Number.NaN
  /** The same of its first step. */
  began = Number.NaN
  /** The same after the warm-up, which is as long for everyone. */
  warmed = Number.NaN
  /** What it said beside its times, from the first answer on. */
  readonly figures: Figures[] = []
  readonly #channel: Channel

  private constructor(name: string, hello: Hello, channel: Channel) {
    const { version, note, figures = {} } = hello
    this.name = name
    this.version = version
    this.note = note
    this.figures.push(figures)
    this.#channel = channel
  }

  /** Starts a contestant; one that cannot be is told by a sentence instead. */
  static async start(contender: Contender, assignment: unknown): Promise<Racer | string> {
    const { name, install, cannot } = contender
    if (cannot) return cannot
    let channel: Channel | undefined
    try {
      channel = await contender.open()
      return new Racer(name, (await inTime(channel.ask({ assignment }))) as Hello, channel)
    } catch (error) {
      await channel?.close()
      const said = String((error as Error).message)
      return missing.test(said) ? `not installed; ${install}` : `failed: ${said}`
    }
  }

  /** Does n steps and returns their milliseconds. */
  async run(steps: number): Promise<readonly number[]> {
    if (steps === 0) return []
    const { ms, answer, figures = {} } = (await inTime(this.#channel.ask({ steps }))) as Turn
    this.answer = answer
    this.figures.push(figures)
    return ms
  }

  stop(): Promise<void> {
    return this.#channel.close()
  }
}
