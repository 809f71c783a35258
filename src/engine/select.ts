import { BetavaeError, fail } from '../base/errors.ts'
import type { Warning } from '../base/warning.ts'
import { type Engine, type EngineName, type EngineOptions, engineNames } from './engine.ts'

/** An engine that may be had here. */
export interface Candidate {
  readonly name: EngineName
  /** Rejects with the reason where it cannot be had. */
  open(options: EngineOptions): Promise<Engine>
  /** Why `auto` passes over it though it would open; undefined where it does not. */
  unfit?(): Promise<string | undefined>
  /** True where every machine of this platform should have it: `auto` warns where it does not open. */
  readonly expected?: true
}

export interface OpenedEngine {
  readonly engine: Engine
  /** What `auto` would have preferred, and why it did not take it. */
  readonly skipped: readonly { readonly name: EngineName; readonly reason: string }[]
}

/**
 * Opens the engine called `name`, or for `auto` the first candidate that opens and is fit.
 *
 * Fails with `engine/unknown`, `engine/threads` (usage) or `engine/unavailable`.
 */
export async function openEngine(
  candidates: readonly Candidate[],
  name: string = 'auto',
  options: EngineOptions = {},
): Promise<OpenedEngine> {
  if (name === 'auto') return openBest(candidates, options)
  checkThreads(options.threads)
  const candidate = candidates.find((one) => one.name === name)
  return candidate ? { engine: await candidate.open(options), skipped: [] } : refuseEngine(candidates, name)
}

/** Opens the first candidate that opens and is fit. Errors: `engine/threads` (usage), `engine/unavailable`. */
export async function openBest(
  candidates: readonly Candidate[],
  options: EngineOptions,
): Promise<OpenedEngine> {
  checkThreads(options.threads)
  const skipped: { name: EngineName; reason: string }[] = []
  let warning: Warning | undefined
  for (const { name, open, unfit, expected } of candidates) {
    try {
      const reason = await unfit?.()
      if (reason === undefined) {
        const engine = await open(options)
        return { engine: warning ? { ...engine, warning } : engine, skipped }
      }
      skipped.push({ name, reason })
    } catch (error) {
      skipped.push({ name, reason: reasonOf(error) })
      if (expected) warning ??= missed(name, error)
    }
  }
  return fail({
    code: 'engine/unavailable',
    seen: skipped.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
    wanted: 'an engine that opens',
    fix: 'mend one of these, or name an engine with --engine',
  })
}

const missed = (name: EngineName, error: unknown): Warning => ({
  code: `engine/no-${name}`,
  message: `the ${name} engine, which is faster, was skipped: ${reasonOf(error)}${error instanceof BetavaeError ? `; ${error.fix}` : ''}`,
})

const reasonOf = (error: unknown): string =>
  error instanceof BetavaeError ? error.seen : error instanceof Error ? error.message : String(error)

function refuseEngine(candidates: readonly Candidate[], name: string): never {
  const wanted = `one of auto, ${candidates.map((candidate) => candidate.name).join(', ')}`
  const known = engineNames.some((one) => one === name)
  return fail({
    code: known ? 'engine/unavailable' : 'engine/unknown',
    seen: known ? `engine "${name}", which this platform does not have` : `unknown engine "${name}"`,
    wanted,
    fix: known ? 'choose one of those: native needs Node.js' : 'choose one of those',
    usage: true,
  })
}

/** More than any CPU has; a thread pool far beyond it fails for want of memory. */
const MOST_THREADS = 1024

function checkThreads(threads: number | undefined): void {
  if (threads === undefined || (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) return
  fail({
    code: 'engine/threads',
    seen: `threads ${threads}`,
    wanted: `a whole number from 1 to ${MOST_THREADS}`,
    fix: 'give the number of CPU threads, or leave it out',
    usage: true,
  })
}

/** The float64 interpreter as a candidate for those who ask for it by name. */
export const referenceCandidate: Candidate = {
  name: 'reference',
  open: async () => (await import('./reference.ts')).referenceEngine,
  unfit: async () => 'it is for checking others, and slow',
}
