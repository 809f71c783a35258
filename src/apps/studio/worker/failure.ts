import { BetavaeError, noRoom } from '../../../inside.ts'
import type { Failure } from '../protocol.ts'

/** Something that the studio itself has to say. */
export const studioError = (failure: Failure): BetavaeError => new BetavaeError({ ...failure, usage: true })

/** An error as the page tells it. */
export function failureOf(error: unknown): Failure {
  const known = error instanceof BetavaeError ? error : noRoom(error)
  if (known) {
    const { code, seen, wanted, fix } = known
    return { code, seen, wanted, fix }
  }
  return {
    code: 'studio/unexpected',
    seen: error instanceof Error ? error.message || error.name : String(error),
    wanted: 'no such error',
    fix: 'try it again; if it comes back, reload the page and go on from the last snapshot',
  }
}
