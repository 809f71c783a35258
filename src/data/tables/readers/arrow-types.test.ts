import { Type } from '@uwdata/flechette'
import { expect, test } from 'vitest'
import type { StoredType } from '../stored-type.ts'
import { type ArrowType, arrowType, storedLeaf } from './arrow-types.ts'

type Told = Omit<ArrowType, 'typeId'>
const field = (type: ArrowType) => ({ name: 'x', type, nullable: true, metadata: null }) as never

test.each<[keyof typeof Type, Told, StoredType]>([
  ['Bool', {}, { kind: 'boolean' }],
  ['Int', { bitWidth: 16, signed: true }, { kind: 'integer', bits: 16 }],
  ['Int', { bitWidth: 8, signed: false }, { kind: 'integer', bits: 8, isUnsigned: true }],
  ['Int', {}, { kind: 'integer', bits: 64 }],
  ['Float', { precision: 0 }, { kind: 'double', bits: 16 }],
  ['Float', { precision: 1 }, { kind: 'double', bits: 32 }],
  ['Float', {}, { kind: 'double', bits: 64 }],
  ['Decimal', { precision: 9, scale: 2 }, { kind: 'decimal', precision: 9, scale: 2 }],
  ['Decimal', {}, { kind: 'decimal', precision: 38, scale: 0 }],
  ['Date', {}, { kind: 'date' }],
  ['Time', { unit: 0 }, { kind: 'time', decimals: 0 }],
  ['Time', { unit: 3 }, { kind: 'time', decimals: 9 }],
  ['Timestamp', { unit: 1 }, { kind: 'timestamp', decimals: 3 }],
  ['Timestamp', { unit: 2, timezone: 'UTC' }, { kind: 'instant', decimals: 6 }],
  ['Timestamp', { timezone: null }, { kind: 'timestamp', decimals: 3 }],
  ['Duration', { unit: 2 }, { kind: 'duration', decimals: 6 }],
  ['Binary', {}, { kind: 'bytes' }],
  ['LargeBinary', {}, { kind: 'bytes' }],
  ['BinaryView', {}, { kind: 'bytes' }],
  ['FixedSizeBinary', { stride: 4 }, { kind: 'bytes', length: 4 }],
  ['Interval', { unit: 2 }, { kind: 'json' }],
  ['Utf8', {}, { kind: 'text' }],
  ['Dictionary', { dictionary: { typeId: Type.Int, bitWidth: 32 } }, { kind: 'integer', bits: 32 }],
  [
    'RunEndEncoded',
    { children: [field({ typeId: Type.Int }), field({ typeId: Type.Bool })] },
    { kind: 'boolean' },
  ],
])('%s %j', (name, told, stored) => {
  expect(arrowType({ typeId: Type[name], ...told }, Type)).toEqual(stored)
})

test('what is never known is a text to us, and says so to Parquet', () => {
  expect(arrowType({ typeId: Type.Null }, Type)).toMatchObject({
    kind: 'text',
    element: { logical_type: { type: 'NULL' } },
  })
})

test('lists have no type of single values', () => {
  expect(arrowType({ typeId: Type.List, children: [field({ typeId: Type.Bool })] }, Type)).toBeUndefined()
})

test('values are stored as their type has them', () => {
  expect(storedLeaf(2 * 86_400_000 + 5, { kind: 'date' })).toBe(2)
  expect(storedLeaf(-1, { kind: 'date' })).toBe(-1)
  expect(storedLeaf(7, { kind: 'decimal', precision: 3, scale: 1 })).toBe(7n)
  expect(storedLeaf(7, { kind: 'duration', decimals: 3 })).toBe(7n)
  expect(storedLeaf(7, { kind: 'time', decimals: 3 })).toBe(7n)
  expect(storedLeaf(7, { kind: 'timestamp', decimals: 3 })).toBe(7)
  expect(storedLeaf(7, { kind: 'integer' })).toBe(7)
  expect(storedLeaf('7', { kind: 'date' })).toBe('7')
  expect(storedLeaf(7n, { kind: 'date' })).toBe(7n)
  expect(storedLeaf(Float64Array.of(1, 2, 3), { kind: 'json' })).toEqual([1, 2, 3])
  expect(storedLeaf(7, { kind: 'json' })).toBe(7)
  const bytes = Uint8Array.of(1)
  expect(storedLeaf(bytes, { kind: 'bytes' })).toBe(bytes)
})
