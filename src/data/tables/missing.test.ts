import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isMissing, isMissingText } from './missing.ts'
import { isNumberText } from './number-text.ts'

test.each([
  '',
  '  ',
  '\t',
  'NA',
  'n/a',
  ' NaN ',
  'null',
  'None',
  '?',
  '.',
  '#N/A',
  '<NA>',
  null,
  Number.NaN,
  '\\N',
  'NaT',
  '--',
  '#DIV/0!',
  '#REF!',
  '-nan',
  '(null)',
  Number.POSITIVE_INFINITY,
])('%j says that nothing is known', (cell) => {
  expect(isMissing(cell)).toBe(true)
})

test.each(['0', '-', 'nan1', 'nothing', 'no', '1', ' 1', 0, false, '-1', '-.5', '..', 'N A'])(
  '%j says something',
  (cell) => {
    expect(isMissing(cell)).toBe(false)
  },
)

test('no number is missing, and the fast way sees what the words say', () => {
  const character = fc.constantFrom(...'naNA/#<>?.ul l0-1\\T'.split(''))
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 5 }), (text) => {
      expect(isMissing(text)).toBe(isMissingText(text))
      if (isNumberText(text)) expect(isMissing(text)).toBe(false)
    }),
    { numRuns: 2000 },
  )
})
