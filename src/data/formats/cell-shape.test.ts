import { expect, test } from 'vitest'
import { cellShape, numberMark } from './cell-shape.ts'

test.each([
  ...[
    '1',
    '-1',
    '+1.5',
    '1,234.5',
    "1'234",
    '1 234',
    '1’234',
    '(12)',
    '$5',
    '$ 5',
    '€ 1,5',
    '5 €',
    '5%',
    '5 %',
  ],
  ...[
    '-$5',
    '$-5',
    '$ -5',
    '($5)',
    '1e5',
    '1E-5',
    '2.5e+10',
    '.5',
    '-.5',
    '+.25e3',
    '5 kg',
    '3mm',
    '10 cm²',
    '£££5',
  ],
  ...['- 5', '1234567', '0'],
])('%s is a number', (text) => {
  expect(cellShape(text)).toBe('number')
  expect(cellShape(` ${text} `)).toBe('number')
})

test.each([
  ...[
    '2020-01-31',
    '31.12.2020',
    '1/2/20',
    '2020-01-31T10:00',
    '2020-01-31 10:00',
    '10:30',
    '1:05:59',
    '10:30 pm',
  ],
  '1-2-3',
])('%s is a date', (text) => {
  expect(cellShape(text)).toBe('date')
})

test.each([
  ...['a', 'kg', 'a1', 'x 1', '5 kilo', '5abcd', 'e5x', '..5', '.5.', 'a.5', '£££££5', '_5', '1:5', 'x10:30'],
  ...['12-13', '2020-01', '5 k g', '.e5', '1 x2', '5 12k3'],
])('%s is a text', (text) => {
  expect(cellShape(text)).toBe('text')
})

test.each(['', ' ', 'NA', 'n/a', 'null'])('"%s" is nothing', (text) => {
  expect(cellShape(text)).toBe('nothing')
})

test('the mark behind a number is its last letters, small', () => {
  const marks = {
    '2nd': 'nd',
    '5K': 'k',
    '50%': '%',
    '3 kg': 'kg',
    '7‰': '‰',
    '1. M': 'm',
    ' 4 x ': 'x',
    '3,k': 'k',
  }
  for (const [text, mark] of Object.entries(marks)) expect(numberMark(text), text).toBe(mark)
  for (const none of ['', '5', 'kg', '5 kilo', 'k5', '5 %%%%', '5-k', '5$'])
    expect(numberMark(none), none).toBe('')
})
