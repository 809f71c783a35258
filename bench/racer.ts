import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Entry } from './contestants/index.ts'
import type { Assignment } from './workloads.ts'

const missing = /ModuleNotFoundError|Cannot find (module|package)|MODULE_NOT_FOUND|ENOENT/

/** A contestant's process, which works only between a question and its answer. */
export class Racer {
  readonly name: string
  readonly version: string
  readonly note: string
  readonly ms: number[] = []
  loss = Number.NaN
  readonly #line: Line

  private constructor(name: string, hello: { version: string; note: string }, line: Line) {
    this.name = name
    this.version = hello.version
    this.note = hello.note
    this.#line = line
  }

  /** Starts a contestant; one that cannot be is told by a sentence instead. */
  static async start(entry: Entry, assignment: Assignment, folder: string): Promise<Racer | string> {
    const line = new Line(entry.command, assignment.threads, folder)
    try {
      const hello = (await line.ask(JSON.stringify(assignment))) as { version: string; note: string }
      return new Racer(entry.name, hello, line)
    } catch (error) {
      const said = String((error as Error).message)
      return missing.test(said) ? `not installed; ${entry.install}` : `failed: ${said}`
    }
  }

  /** Runs n steps and returns their milliseconds; `loss` is the last step's. */
  async run(steps: number): Promise<number[]> {
    const { ms, loss } = (await this.#line.ask(`run ${steps}`)) as { ms: number[]; loss: number }
    this.loss = loss
    return ms
  }

  async stop(): Promise<void> {
    await this.#line.close()
  }
}

/** Lines of text to a process and lines of JSON back. */
class Line {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #answers: AsyncIterator<string>
  #errors = ''

  constructor([program, ...args]: readonly [string, ...string[]], threads: number, cwd: string) {
    const env = { ...process.env, OMP_NUM_THREADS: String(threads), ORT_DISABLE_TELEMETRY: '1' }
    this.#child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stderr.on('data', (chunk) => {
      this.#errors = (this.#errors + chunk).slice(-4000)
    })
    this.#child.on('error', (error) => {
      this.#errors += error.message
    })
    // A process that ended already refuses its input; what it said on stderr tells why.
    this.#child.stdin.on('error', () => {})
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  async ask(question: string): Promise<unknown> {
    this.#child.stdin.write(`${question}\n`)
    for (;;) {
      const { value, done } = await this.#answers.next()
      if (done) throw new Error(this.#errors.trim().slice(-600) || 'it ended without an answer')
      // Libraries greet on stdout; only the protocol speaks JSON objects.
      if (value.startsWith('{')) return JSON.parse(value)
    }
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return
    this.#child.stdin.end()
    await once(this.#child, 'exit')
  }
}
