import { BetavaeError, type Complaint } from '../../../base/errors.ts'
import { noRoom } from '../../../base/no-room.ts'

/** An error as RFC 9457 writes it, with the words of this project's errors. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly seen: string
  readonly wanted: string
  readonly fix: string
}

/** What the server itself refuses: which status each has. */
const ownStatus: Readonly<Record<string, number>> = {
  'serve/address': 404,
  'serve/model': 404,
  'serve/operation': 404,
  'serve/method': 405,
  'serve/key': 401,
  'serve/host': 403,
  'serve/media-type': 415,
  'serve/accept': 406,
  'serve/body-size': 413,
  'serve/rows': 413,
  'serve/body': 400,
  'serve/option': 400,
  'serve/busy': 429,
  'serve/body-time': 408,
  'serve/time': 504,
  'serve/stopping': 503,
  'serve/not-ready': 503,
  'serve/gone': 499,
}

/** Codes of errors that are about the rows, codes or options of a request. */
const OF_REQUEST = /^(table|infer|anomaly|array|files?|json|arrow|csv|data)\//

/** The error as it is told to whoever asked; what nobody expected tells no more than that. */
export function problemOf(error: unknown): Problem {
  const known = error instanceof BetavaeError ? error : noRoom(error)
  const { code, seen, wanted, fix } = known ?? unexpected
  return {
    type: `urn:betavae:problem:${code}`,
    title: `${code.split('/').at(-1)?.replaceAll('-', ' ')}`,
    status: statusOf(code, known instanceof BetavaeError && known.usage),
    detail: `${seen}; wanted ${wanted}. Fix: ${fix}.`,
    ...{ code, seen, wanted, fix },
  }
}

const statusOf = (code: string, usage: boolean): number =>
  ownStatus[code] ?? (usage || OF_REQUEST.test(code) ? 422 : 500)

const unexpected: Complaint = {
  code: 'serve/unexpected',
  seen: 'something that nobody expected',
  wanted: 'no such thing to happen',
  fix: 'try again; the log of the server says more',
}

const encoder = new TextEncoder()

export const problemBytes = (problem: Problem): Uint8Array => encoder.encode(JSON.stringify(problem))
