import { fail } from '../base/errors.ts'

/** Class numbers are small; a greater one is a measurement or an identifier in the wrong column. */
const MOST_CLASSES = 65_536

/** How labels are checked, and how a bad one is named. */
export interface LabelCheck {
  /** Number of classes; without it any whole number below 65,536 passes. */
  readonly classes?: number
  /** Names the place of label `index`, such as `row 3`. */
  readonly where?: (index: number) => string
}

/** Class numbers as int32, each checked to be whole and in 0 … classes-1 (`data/label-range`). */
export function labelsOf(
  values: ArrayLike<number>,
  { classes = MOST_CLASSES, where }: LabelCheck = {},
): Int32Array {
  const labels = new Int32Array(values.length)
  for (let index = 0; index < values.length; index++) {
    const label = values[index]
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      fail({
        code: 'data/label-range',
        seen: `label outside range: ${label} at ${where?.(index) ?? `row ${index + 1}`}`,
        wanted: `whole numbers from 0 to ${classes - 1}`,
        fix: 'number the classes from 0, or name another label column',
      })
    labels[index] = label
  }
  return labels
}

/** Class numbers, and what they are called where that is something else. */
export interface Labels {
  readonly labels: Int32Array
  readonly classes?: readonly string[]
}

/**
 * Labels as class numbers: those that are, as they are; other whole numbers, such as −1 and 1, in their order, by which
 * they are called. Error: `data/label-range`.
 */
export function namedLabels(values: ArrayLike<number>, check: LabelCheck = {}): Labels {
  const all = Array.from(values)
  const isOther = all.some((value) => value < 0) && all.every(Number.isInteger)
  if (!isOther || check.classes !== undefined) return { labels: labelsOf(values, check) }
  const names = [...new Set(all)].sort((a, b) => a - b)
  const places = new Map(names.map((name, place) => [name, place]))
  const labels = labelsOf(
    all.map((value) => places.get(value) as number),
    check,
  )
  return { labels, classes: names.map(String) }
}

/** Fails unless there is one label a row (`data/label-count`). */
export function checkLabelCount(labels: ArrayLike<number>, rows: number, name: string): void {
  if (labels.length !== rows)
    fail({
      code: 'data/label-count',
      seen: `${labels.length} labels for the ${rows} rows of "${name}"`,
      wanted: 'one label a row',
      fix: 'give the labels that belong to this data',
    })
}
