import { fail } from '../../base/errors.ts'

/** Characters of one record, where nobody says. */
const LONGEST = 2 ** 24

/** Held text of this length is looked at again only when it has doubled, so that a long record costs no square. */
const LONG = 2 ** 20

const LINE_END = /[\r\n]/

/** Text that comes in pieces; the beginning of a record is held until the rest of it has come. */
export class HeldText {
  readonly #longest: number
  #pieces: string[] = []
  #length = 0
  #enough = 0

  /** `longest`: the most characters a record may have. */
  constructor(longest = LONGEST) {
    this.#longest = longest
  }

  /** All text that has not been taken yet; undefined where no record can have ended. */
  add(piece: string): string | undefined {
    const begun = this.#length > 0
    this.#pieces.push(piece)
    this.#length += piece.length
    if (begun && (this.#length < this.#enough || !LINE_END.test(piece))) return undefined
    return this.all()
  }

  all(): string {
    const text = this.#pieces.length === 1 ? this.#pieces[0] : this.#pieces.join('')
    this.#pieces = [text]
    return text
  }

  /** Holds `rest`, the beginning of a record, until more has come. */
  keep(rest: string): void {
    this.#pieces = rest === '' ? [] : [rest]
    this.#length = rest.length
    this.#enough = rest.length < LONG ? 0 : 2 * rest.length
  }

  /** Error: `text/long-record` where the record that begins on `line` is longer than one may be. */
  check(line: number, length = this.#length): void {
    if (length > this.#longest)
      fail({
        code: 'text/long-record',
        seen: `more than ${this.#longest} characters without an end of the record that begins on line ${line}`,
        wanted: 'one record a line',
        fix: 'check that this is a text table, and that every quote opened on this line is closed',
      })
  }
}
