/** How long an event loop is held: the time from one of its turns to the next, less what the machine took of it. */
import { readFileSync } from 'node:fs'

/**
 * Milliseconds that this thread was ready and got no core, as Linux counts them by thread; 0 where nobody does.
 *
 * CPU time would not do instead of the rest: a loop that is held by waiting, for a file or for a thread, computes nothing.
 */
function delayed(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}

/** The longest that the event loop was held while something was going on, in milliseconds, and what came of it. */
export async function longestHold<Result>(work: Promise<Result>): Promise<[number, Result]> {
  let longest = 0
  let last = performance.now() - delayed()
  const look = () => {
    const now = performance.now() - delayed()
    longest = Math.max(longest, now - last)
    last = now
  }
  const ticks = setInterval(look, 1)
  try {
    const result = await work
    look()
    return [longest, result]
  } finally {
    clearInterval(ticks)
  }
}

/**
 * The shortest of the longest holds of a few rounds, which ends with the first below `wanted`.
 *
 * What a program does it does every time; what else a machine does (another guest's turn, a page that comes from disk)
 * is rarely there five times. So whatever the machine does, a program that holds its loop is found out.
 */
export async function holdOf<Result>(
  wanted: number,
  round: () => Promise<Result>,
): Promise<[number, readonly Result[]]> {
  const results: Result[] = []
  let least = Number.POSITIVE_INFINITY
  while (results.length < 5 && least >= wanted) {
    const [held, result] = await longestHold(round())
    least = Math.min(least, held)
    results.push(result)
  }
  return [least, results]
}
