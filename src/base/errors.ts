import { withoutPasswords } from './passwords.ts'

/** What every error of this project says: what was seen, what was wanted, and how to mend it. @inline */
export interface Complaint {
  /** A stable, greppable name such as `model/decoder-output`. */
  readonly code: string
  readonly seen: string
  readonly wanted: string
  readonly fix: string
  /** True where the caller's words were off (exit code 2), false where the work itself failed (exit code 1). */
  readonly usage?: boolean
  readonly cause?: unknown
}

/** An error a person can act on; `message` reads `seen; wanted X. Fix: Y. [code]`, and shows no password of a URL. */
export class BetavaeError extends Error {
  override readonly name = 'BetavaeError'
  readonly code: string
  readonly seen: string
  readonly wanted: string
  readonly fix: string
  readonly usage: boolean

  /** @internal */
  constructor({ code, usage = false, cause, ...words }: Complaint) {
    const [seen, wanted, fix] = [words.seen, words.wanted, words.fix].map(withoutPasswords)
    super(`${seen}; wanted ${wanted}. Fix: ${fix}. [${code}]`, cause === undefined ? undefined : { cause })
    this.code = code
    this.seen = seen
    this.wanted = wanted
    this.fix = fix
    this.usage = usage
  }
}

/** Throws a `BetavaeError`; an expression, so that it can stand where a value is wanted. */
export function fail(complaint: Complaint): never {
  throw new BetavaeError(complaint)
}
