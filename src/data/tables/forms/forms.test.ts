import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NumberForm, numberFormSchema, numberReader, numberWriter } from './index.ts'
import { readBody, splitNumber } from './split-number.ts'

const decimalForm = fc.record(
  {
    name: fc.constant('decimal' as const),
    prefix: fc.constantFrom('$', '€ ', 'CHF ', 'kr\u00a0', 'R$'),
    suffix: fc.constantFrom('%', ' kg', ' €', ' m²', ' km/h'),
    point: fc.constantFrom('.' as const, ',' as const),
    group: fc.constantFrom(' ', '\u00a0', '\u202f', "'", '’'),
    groupedFrom: fc.constantFrom(4, 5),
    negative: fc.constantFrom('parentheses' as const, 'trailing' as const),
    minus: fc.constantFrom('-', '\u2212'),
    isMinusInside: fc.boolean(),
    plus: fc.boolean(),
    isBare: fc.boolean(),
    decimals: fc.nat(6),
  },
  { requiredKeys: ['name', 'point', 'decimals'] },
)

test('numbers come back as they were, however a column writes them', () => {
  fc.assert(
    fc.property(decimalForm, fc.integer({ min: -1e9, max: 1e9 }), (form, parts) => {
      expect(numberFormSchema.parse(JSON.parse(JSON.stringify(form)))).toEqual(form)
      const value = parts / 10 ** form.decimals
      const text = numberWriter(form)(value)
      expect(numberReader(form)(text)).toBe(value + 0)
      expect(numberReader(form)(value)).toBe(value)
    }),
    { numRuns: 1000 },
  )
})

test('no text makes a reader fail, and what is no number is none', () => {
  const letters = fc.constantFrom(..."0123456789.,'() -+−$€%kgE:PTHM\u00a0".split(''))
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 12 }), decimalForm, (text, form) => {
      const value = numberReader(form)(text)
      expect(Number.isNaN(value) || Number.isFinite(value)).toBe(true)
      // A currency and a dash, as in "€ -", is nothing.
      if (!/[\d-]/.test(text)) expect(value).toBeNaN()
    }),
    { numRuns: 2000 },
  )
})

test.each<[string, NumberForm, number]>([
  ['1:07:35', { name: 'clock', digits: 1, parts: 'h:m:s', decimals: 0 }, 4055],
  ['26:15:00.5', { name: 'clock', digits: 2, parts: 'h:m:s', decimals: 1 }, 94_500.5],
  ['-0:30', { name: 'clock', digits: 1, parts: 'h:m', decimals: 0 }, -1800],
  ['3:45.250', { name: 'clock', digits: 1, parts: 'm:s', decimals: 3 }, 225.25],
  ['2 days 04:05:06', { name: 'clock', days: ' days ', digits: 2, parts: 'h:m:s', decimals: 0 }, 187_506],
  ['PT1H30M', { name: 'spelled', iso: true, units: ['H', 'M'], gap: '', joint: '' }, 5400],
  ['P3DT4H', { name: 'spelled', iso: true, units: ['D', 'H'], gap: '', joint: '' }, 273_600],
  ['3d 4h', { name: 'spelled', iso: false, units: ['d', 'h'], gap: '', joint: ' ' }, 273_600],
  [
    '2 hours 5 minutes',
    { name: 'spelled', iso: false, units: ['hours', 'minutes'], gap: ' ', joint: ' ' },
    7500,
  ],
])('%s', (text, form, seconds) => {
  expect(numberReader(form)(text)).toBe(seconds)
  expect(numberWriter(form)(seconds)).toBe(text)
})

describe('what stands around a number', () => {
  test.each([
    ['($650.62)', { negative: 'parentheses', prefix: '$', body: '650.62', suffix: '' }],
    ['-$5', { negative: 'minus', prefix: '$', body: '5', isInside: false }],
    ['$-5', { negative: 'minus', prefix: '$', body: '5', isInside: true }],
    ['12 m2', { body: '12', suffix: ' m2' }],
    ['.5 kg', { body: '.5', suffix: ' kg' }],
  ])('%s', (text, parts) => {
    expect(splitNumber(text)).toMatchObject(parts)
  })

  test.each(['c84', 'Level 3', 'v1.2', '12:30', '3-4', 'A1', '(5', '1 Main Street 3', ''])(
    '%j is no number',
    (text) => {
      const parts = splitNumber(text)
      expect(parts && (readBody(parts.body, '.') ?? readBody(parts.body, ','))).toBeUndefined()
    },
  )

  test.each([
    ['1,234', 1234, 1.234],
    ['1.234', 1.234, 1234],
    ['1.234,50', undefined, 1234.5],
    ['1,234.50', 1234.5, undefined],
    ['1,23', undefined, 1.23],
    ['0,123', undefined, 0.123],
    ['1 234', 1234, 1234],
    ['12,34,567', 1234567, undefined],
    ['12,34,5678', undefined, undefined],
  ])('%s', (text, point, comma) => {
    expect([readBody(text, '.')?.value, readBody(text, ',')?.value]).toEqual([point, comma])
  })
})
