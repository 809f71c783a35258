import type { StepColumns } from '../protocol.ts'

/** Room for this many steps at first; doubled when it is used up. */
const FIRST_ROOM = 1024

/** Every step of a training, column by column; what charts read. */
export class StepHistory {
  /** How many steps there are; reading it in an effect redraws when more came. */
  length = $state(0)
  #columns = new Map<string, Float64Array<ArrayBuffer>>()

  /** Names of the columns: step, loss, reconstruction, kl, `term.<key>` and `weight.<key>`. */
  get names(): string[] {
    return [...this.#columns.keys()]
  }

  /** Values of a column so far, not copied: they hold until the next report; empty where there is none. */
  column(name: string): Float64Array<ArrayBuffer> {
    return (this.#columns.get(name) ?? new Float64Array()).subarray(0, this.length)
  }

  /** The newest value; NaN where there is none. */
  last(name: string): number {
    return this.length === 0 ? Number.NaN : (this.#columns.get(name)?.[this.length - 1] ?? Number.NaN)
  }

  add(steps: StepColumns): void {
    const { step, loss, reconstruction, kl, terms, weights } = steps
    const from = this.length
    const room = from + step.length
    const write = (name: string, values: ArrayLike<number>) => this.#roomFor(name, room).set(values, from)
    write('step', step)
    write('loss', loss)
    write('reconstruction', reconstruction)
    write('kl', kl)
    for (const [key, values] of Object.entries(terms)) write(`term.${key}`, values)
    for (const [key, values] of Object.entries(weights)) write(`weight.${key}`, values)
    this.length = room
  }

  /** Forgets what came after `step` updates, from where a training goes on. */
  cutAfter(step: number): void {
    const steps = this.column('step')
    let kept = steps.length
    while (kept > 0 && steps[kept - 1] > step) kept--
    this.length = kept
  }

  /** A copy, to be kept or restored. */
  copy(): Record<string, Float64Array<ArrayBuffer>> {
    return Object.fromEntries(this.names.map((name) => [name, this.column(name).slice()]))
  }

  restore(columns: Readonly<Record<string, Float64Array<ArrayBuffer>>>): void {
    this.#columns = new Map(Object.entries(columns))
    this.length = columns.step?.length ?? 0
  }

  clear(): void {
    this.restore({})
  }

  #roomFor(name: string, room: number): Float64Array<ArrayBuffer> {
    const held = this.#columns.get(name)
    if (held && held.length >= room) return held
    const grown = new Float64Array(Math.max(FIRST_ROOM, 2 * room))
    if (held) grown.set(held)
    this.#columns.set(name, grown)
    return grown
  }
}
