import type { StepColumns } from '../protocol.ts'

/** Room for this many rows at first; doubled when it is used up. */
const FIRST_ROOM = 1024
/** Most rows: several times what a chart shows, and little enough to be copied and kept every few seconds. */
const MOST_ROWS = 2 ** 14

type Column = Float64Array<ArrayBuffer>

/**
 * The steps of a training, column by column. Of a long one a row is the mean of so many steps, a power of two, at the
 * place of the last of them; the newest row may be of fewer.
 */
export class StepRows {
  #columns = new Map<string, Column>()
  #length = 0
  /** Steps that make a row, and those in the newest. */
  #group = 1
  #inNewest = 1
  readonly #most: number

  constructor(most = MOST_ROWS) {
    this.#most = most
  }

  get length(): number {
    return this.#length
  }

  /** Names of the columns: step, loss, reconstruction, kl, `term.<key>` and `weight.<key>`. */
  get names(): string[] {
    return [...this.#columns.keys()]
  }

  /** Values of a column so far, not copied: they hold until more come; empty where there is none. */
  column(name: string): Column {
    return (this.#columns.get(name) ?? new Float64Array()).subarray(0, this.#length)
  }

  add(steps: StepColumns): void {
    const { step, terms, weights, ...totals } = steps
    const named: [string, ArrayLike<number>][] = [
      ...Object.entries(totals),
      ...Object.entries(terms).map(([key, values]): [string, Column] => [`term.${key}`, values]),
      ...Object.entries(weights).map(([key, values]): [string, Column] => [`weight.${key}`, values]),
    ]
    for (let i = 0; i < step.length; i++) {
      if (this.#length === 0 || this.#inNewest === this.#group) this.#openRow()
      const row = this.#length - 1
      this.#inNewest++
      this.#roomFor('step')[row] = step[i]
      for (const [name, values] of named) {
        const column = this.#roomFor(name)
        const before = this.#inNewest === 1 ? 0 : column[row]
        column[row] = before + (values[i] - before) / this.#inNewest
      }
    }
  }

  /** Forgets what came after `step` updates, from where a training goes on. */
  cutAfter(step: number): void {
    const steps = this.column('step')
    while (this.#length > 0 && steps[this.#length - 1] > step) this.#length--
    this.#inNewest = this.#group
  }

  /** A copy, to be kept or restored. */
  copy(): Record<string, Column> {
    return Object.fromEntries(this.names.map((name) => [name, this.column(name).slice()]))
  }

  restore(columns: Readonly<Record<string, Column>>): void {
    this.#columns = new Map(Object.entries(columns))
    const { step = new Float64Array() } = columns
    this.#length = step.length
    this.#group = step.length > 1 ? Math.max(1, step[1] - step[0]) : 1
    this.#inNewest = this.#group
    while (this.#length > this.#most) this.#merge()
  }

  #openRow(): void {
    if (this.#length >= this.#most) this.#merge()
    this.#length++
    this.#inNewest = 0
  }

  /** Makes one row of every two. */
  #merge(): void {
    const half = Math.floor(this.#length / 2)
    for (const [name, column] of this.#columns)
      for (let row = 0; row < half; row++) {
        const [first, second] = [column[2 * row], column[2 * row + 1]]
        column[row] = name === 'step' ? second : (first + second) / 2
      }
    this.#length = half
    this.#group *= 2
    this.#inNewest = this.#group
  }

  #roomFor(name: string): Column {
    const held = this.#columns.get(name)
    if (held && held.length >= this.#length) return held
    const grown = new Float64Array(Math.max(FIRST_ROOM, 2 * this.#length))
    if (held) grown.set(held)
    this.#columns.set(name, grown)
    return grown
  }
}
