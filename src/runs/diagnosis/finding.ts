import { remedyOf } from './remedy.ts'
import { option } from './words.ts'

/** note: worth knowing; warning: costs something; problem: the model is not what it was meant to be. @inline */
export type Severity = 'note' | 'warning' | 'problem'

/** Options of a training by their names on the command line. @inline */
export type TrainingOptions = Readonly<Record<string, number | string>>

/** Something that a run's numbers say about it. @inline */
export interface Finding {
  /** A stable, greppable name such as `diagnosis/posterior-collapse`. */
  readonly code: string
  readonly severity: Severity
  /** What it comes to, as a sentence about the model without numbers. */
  readonly gist: string
  /** What was seen, with the numbers that led to it. */
  readonly said: string
  /** What to do, as options with values. */
  readonly remedy: string
  /** The options of the first thing to do; absent where a training cannot do it. */
  readonly mend?: TrainingOptions
}

/** A way to mend something: in words, and by the options that do it. */
export interface Way {
  readonly words: string
  readonly options?: TrainingOptions
}

/** What a check finds, before its ways are put into words. */
export interface Found extends Omit<Finding, 'remedy' | 'mend'> {
  /** The best first. */
  readonly ways: readonly Way[]
}

/** The finding that people read, and a page can act on. */
export function findingOf({ ways, ...found }: Found): Finding {
  const [first] = ways
  return {
    ...found,
    remedy: remedyOf(ways.map(wayText)),
    ...(first?.options ? { mend: first.options } : {}),
  }
}

const wayText = ({ words, options }: Way): string =>
  options
    ? `${words}: ${Object.entries(options)
        .map(([name, value]) => option(name, value))
        .join(' ')}`
    : words
