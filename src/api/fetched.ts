import { BetavaeError, fail } from '../base/errors.ts'

/** Whether a place is an address, and not a path. */
export const isAddress = (place: string): boolean => /^(https?|blob|data):/i.test(place)

/** The bytes at an address. Error: `open/fetch`. */
export async function fetchedBytes(address: string): Promise<Uint8Array> {
  try {
    const answer = await fetch(address)
    return answer.ok
      ? new Uint8Array(await answer.arrayBuffer())
      : refuseAnswer(address, `status ${answer.status}`)
  } catch (cause) {
    if (cause instanceof BetavaeError) throw cause
    return refuseAnswer(address, cause instanceof Error ? cause.message : `${cause}`, cause)
  }
}

const refuseAnswer = (address: string, answer: string, cause?: unknown): never =>
  fail({
    code: 'open/fetch',
    seen: `no file at "${address}" (${answer})`,
    wanted: 'an address that answers with the bytes of a file',
    fix: 'check the address, and that this page may read it',
    cause,
  })
