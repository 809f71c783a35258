import { setTimeout as sleep } from 'node:timers/promises'

/** A server that is away is waited for so long; by whoever has been told to stop, so long. */
const PATIENCE_MS = 600_000
const FAREWELL_MS = 5000
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5000

/** Does what may be done twice, again and ever more seldom where the server was away. */
export async function lasting<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const began = performance.now()
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work()
    } catch (error) {
      const isStopping = signal?.aborted === true
      const most = isStopping ? FAREWELL_MS : PATIENCE_MS
      if (!isAway(error) || performance.now() - began > most) throw error
      await sleep(pause, undefined, isStopping || !signal ? {} : { signal }).catch(() => undefined)
    }
  }
}

/** Connections that broke, cannot be had for now, or whose statement lost against another's. */
export function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return (
    /^(?:08|57P0|53300|40001|40P01|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)/.test(code) ||
    /connection terminated|timeout exceeded|not queryable|query read timeout/i.test(message)
  )
}
