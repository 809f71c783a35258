/** What one subject of an attack came to, by the attack's columns. */
export type Row = Readonly<Record<string, string | number>>

/** One way to attack the product, a number of times each of its subjects. */
export interface Attack {
  readonly name: string
  readonly title: string
  /** What is done and what is held to, in one paragraph of Markdown. */
  readonly about: string
  readonly subjects: readonly string[]
  /** How often each subject is attacked for the report. */
  readonly times: number
  /** Attacks one subject; the same `times` and seed give the same attacks. */
  run(subject: string, times: number, tell: (line: string) => void): Promise<Row>
}

/** What went wrong, for people: the most telling of it, since a fault comes back a thousand times. */
export const faultText = (faults: readonly string[]): string =>
  faults.length === 0 ? 'none' : `${faults.length}: ${faults[0].replaceAll(/\s+/g, ' ').slice(0, 200)}`
