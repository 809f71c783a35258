import { BetavaeError, noRoom } from '../../inside.node.ts'
import type { Failure } from '../studio/protocol.ts'

/** An error as the page takes it. */
export function failureOf(error: unknown): Failure {
  const { code, seen, wanted, fix } =
    error instanceof BetavaeError ? error : (noRoom(error) ?? unexpected(error))
  return { code, seen, wanted, fix }
}

const unexpected = (error: unknown): Failure => ({
  code: 'studio/unexpected',
  seen: error instanceof Error ? error.message : String(error),
  wanted: 'no such thing to happen',
  fix: 'try again; if it stays, report what is said here',
})
