import { expect, test } from 'vitest'
import type { Fault } from '../../../statistics/series/faults/fault.ts'
import { faultWords } from './fault-words.ts'

const wording = { seen: '3.1', off: (by: number) => 10 * by, nameOf: (at: number) => ['flow', 'power'][at] }
const HALF_HOUR = 1_800_000
const told = (fault: Fault, tick?: number): string => faultWords(fault, { ...wording, tick })

test('stretches are told in the units of their column', () => {
  expect(told({ kind: 'stuck' })).toBe('stuck at 3.1')
  expect(told({ kind: 'spike', by: -0.2444 })).toBe('spike of −2.4')
  expect(told({ kind: 'shift', by: 0.2444 })).toBe('level shift of +2.4')
  expect(told({ kind: 'trend', by: -12 })).toBe('falling by 120')
  expect(told({ kind: 'swap', with: 1 })).toBe('as if swapped with power')
  expect(faultWords({ kind: 'shift', by: 1 }, { ...wording, tick: undefined, off: () => undefined })).toBe(
    'level shift',
  )
})

test('a rhythm has a name where the time between rows gives it one', () => {
  expect(told({ kind: 'rhythm', period: 48 }, HALF_HOUR)).toBe('daily rhythm missing')
  expect(told({ kind: 'rhythm', period: 336 }, HALF_HOUR)).toBe('weekly rhythm missing')
  expect(told({ kind: 'rhythm', period: 19 }, HALF_HOUR)).toBe('rhythm of 19 rows missing')
  expect(told({ kind: 'rhythm', period: 48 })).toBe('rhythm of 48 rows missing')
})
