import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Beating } from './beat.worker.ts'

/** A lock without a beat for so long has no owner any more; a beat comes every second. */
export const LEASE_MS = 10_000

/** So that a limit of the address space (`ulimit -v`) has room for the thread: V8 ends a process that has none. */
const SMALL = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 128, codeRangeSizeMb: 16 }

let thread: Worker | undefined

/** Counts on in a lock until told otherwise; holds up no exit. */
export function beatIn(path: string, token: string): () => void {
  say({ path, token, isHeld: true })
  return () => say({ path, token, isHeld: false })
}

function say(beating: Beating): void {
  thread ??= started()
  thread.postMessage(beating)
}

function started(): Worker {
  // The script has the extension that this file has: .ts where sources run, .js where they have been built.
  const script = new URL(`./beat.worker${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(script, { execArgv: [], resourceLimits: SMALL })
  worker.unref()
  // Without it others may take a run over, which `stillOurs` finds before anything is written.
  worker.on('error', () => {
    thread = undefined
  })
  return worker
}
