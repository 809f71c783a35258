import { expect, test } from 'vitest'
import { checkLabelCount, labelsOf } from './labels.ts'

test('passes whole numbers below the number of classes', () => {
  expect(labelsOf([0, 9, 3], { classes: 10 })).toEqual(Int32Array.of(0, 9, 3))
  expect(labelsOf(Uint8Array.of(255))).toEqual(Int32Array.of(255))
})

test('refuses the rest, naming the place', () => {
  for (const label of [-1, 10, 1.5, Number.NaN])
    expect(() => labelsOf([0, label], { classes: 10 })).toThrow('[data/label-range]')
  expect(() => labelsOf([0, 10], { classes: 10 })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: label outside range: 10 at row 2; wanted whole numbers from 0 to 9. Fix: number the classes from 0, or name another label column. [data/label-range]]`,
  )
  expect(() => checkLabelCount([0, 1], 3, 'digits')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 2 labels for the 3 rows of "digits"; wanted one label a row. Fix: give the labels that belong to this data. [data/label-count]]`,
  )
})
