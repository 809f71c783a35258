import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Channel } from './channel.ts'

/** A program and its arguments. */
export type Command = readonly [string, ...string[]]

/** The last line that names an error, of what a process said on stderr. */
const reasonIn = (errors: string): string =>
  errors.split('\n').findLast((line) => /^\w*(\.\w+)*(Error|Exception)\b/.test(line)) ??
  (errors.trim().slice(-300) || 'it ended without an answer')

/** A process that reads questions from stdin and answers on stdout, a line of JSON each. */
export function processChannel([program, ...args]: Command, cwd: string, threads: number): Channel {
  const env = {
    ...process.env,
    OMP_NUM_THREADS: String(threads),
    ORT_DISABLE_TELEMETRY: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  }
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(program, args, {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors = (errors + chunk).slice(-4000)
  })
  child.on('error', (error) => {
    errors += error.message
  })
  // A process that ended already refuses its input; what it said on stderr tells why.
  child.stdin.on('error', () => {})
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      for (;;) {
        const { value, done } = await answers.next()
        if (done) throw new Error(reasonIn(errors))
        // Libraries greet on stdout; only the protocol speaks JSON objects.
        if (value.startsWith('{')) return JSON.parse(value)
      }
    },
    async close() {
      if (child.exitCode !== null || child.pid === undefined) return
      child.stdin.end()
      // One in the middle of a long step does not read that its input has ended.
      const late = setTimeout(() => child.kill('SIGKILL'), 2000)
      await once(child, 'exit')
      clearTimeout(late)
    },
  }
}
