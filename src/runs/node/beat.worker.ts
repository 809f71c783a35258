/**
 * The thread that shows others that this process lives: once a second it counts on in the locks that are held, also
 * while the engine or a fit keeps the first thread from doing anything.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { beatOf, lockText, readOwner } from './lock-owner.ts'

/** A lock to count on in, or to leave alone from now on. */
export interface Beating {
  readonly path: string
  readonly token: string
  readonly isHeld: boolean
}

const BEAT_MS = 1000

const held = new Map<string, string>()
let count = 0

parentPort?.on('message', ({ path, token, isHeld }: Beating) => {
  if (isHeld) held.set(path, token)
  else if (held.get(path) === token) held.delete(path)
})

setInterval(() => {
  count++
  for (const [path, token] of held) beat(path, token)
}, BEAT_MS)

/** Counts on in a lock; in none that others have taken, or that cannot be reached now. */
function beat(path: string, token: string): void {
  let file: number | undefined
  try {
    file = openSync(path, 'r+')
    const owner = readOwner(readFileSync(file, 'utf8'))
    if (owner?.token === token) writeSync(file, lockText({ ...owner, beat: beatOf(count) }), 0)
  } catch {
    // Whoever writes into the run finds out.
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
