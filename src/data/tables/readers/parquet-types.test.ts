import type { SchemaElement, SchemaTree } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import type { StoredType } from '../stored-type.ts'
import type { ArrowHint } from './arrow-hints.ts'
import { areUnsaid, isRepeated, leafType, valueForm } from './parquet-types.ts'

type Said = Omit<SchemaElement, 'name'>
const elementOf = (said: Said): SchemaElement => ({ name: 'x', ...said })
const typeOf = (said: Said, hints: ReadonlyMap<string, ArrowHint> = new Map()) =>
  leafType(elementOf(said), 'x', hints)
/** A value as it lies in the file, as its column has it. */
const valued = (said: Said, value: unknown): unknown => {
  const form = valueForm(typeOf(said))
  return form ? form(value) : value
}
const bytes = (...all: number[]) => Uint8Array.from(all)
const text = (words: string) => new TextEncoder().encode(words)

const WHOLE = { type: 'INT32' } as const
const LONG = { type: 'INT64' } as const
const TEXT = { type: 'BYTE_ARRAY' } as const
const fixed = (length: number) => ({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: length }) as const
const integer = (bitWidth: number, isSigned: boolean) =>
  ({ logical_type: { type: 'INTEGER', bitWidth, isSigned } }) as const
const timed = (type: 'TIMESTAMP' | 'TIME', unit: 'MILLIS' | 'MICROS' | 'NANOS', isAdjustedToUTC = false) =>
  ({ logical_type: { type, unit, isAdjustedToUTC } }) as const

/** Apache Parquet's LogicalTypes.md: the older and the newer name of each type. */
const TYPES: readonly (readonly [Said, StoredType])[] = [
  [{ type: 'BOOLEAN' }, { kind: 'boolean' }],
  [WHOLE, { kind: 'integer', bits: 32 }],
  [LONG, { kind: 'integer', bits: 64 }],
  [{ type: 'INT96' }, { kind: 'timestamp', decimals: 9 }],
  [{ type: 'FLOAT' }, { kind: 'double', bits: 32 }],
  [{ type: 'DOUBLE' }, { kind: 'double', bits: 64 }],
  [TEXT, { kind: 'text' }],
  [fixed(3), { kind: 'bytes' }],
  [{}, { kind: 'bytes' }],
  ...(['UTF8', 'ENUM'] as const).map(
    (converted_type) => [{ ...TEXT, converted_type }, { kind: 'text' }] as const,
  ),
  ...(['STRING', 'ENUM'] as const).map(
    (type) => [{ ...TEXT, logical_type: { type } }, { kind: 'text' }] as const,
  ),
  [{ ...TEXT, converted_type: 'JSON' }, { kind: 'json' }],
  [{ ...TEXT, logical_type: { type: 'JSON' } }, { kind: 'json' }],
  [{ ...TEXT, converted_type: 'BSON' }, { kind: 'bytes' }],
  [{ ...TEXT, logical_type: { type: 'BSON' } }, { kind: 'bytes' }],
  [{ ...fixed(12), converted_type: 'INTERVAL' }, { kind: 'bytes' }],
  [{ ...fixed(16), logical_type: { type: 'UUID' } }, { kind: 'uuid' }],
  [
    { ...fixed(2), logical_type: { type: 'FLOAT16' } },
    { kind: 'double', bits: 16 },
  ],
  [{ ...WHOLE, converted_type: 'DATE' }, { kind: 'date' }],
  [{ ...WHOLE, logical_type: { type: 'DATE' } }, { kind: 'date' }],
  ...([8, 16, 32, 64] as const).flatMap((bits) =>
    [true, false].flatMap((isSigned) => {
      const stored = bits === 64 ? LONG : WHOLE
      const type = { kind: 'integer', bits, ...(isSigned ? {} : { isUnsigned: true }) } as const
      return [
        [{ ...stored, converted_type: `${isSigned ? '' : 'U'}INT_${bits}` }, type] as const,
        [{ ...stored, ...integer(bits, isSigned) }, type] as const,
      ]
    }),
  ),
  [
    { ...WHOLE, converted_type: 'TIME_MILLIS' },
    { kind: 'time', decimals: 3 },
  ],
  [
    { ...LONG, converted_type: 'TIME_MICROS' },
    { kind: 'time', decimals: 6 },
  ],
  [
    { ...LONG, converted_type: 'TIMESTAMP_MILLIS' },
    { kind: 'instant', decimals: 3 },
  ],
  [
    { ...LONG, converted_type: 'TIMESTAMP_MICROS' },
    { kind: 'instant', decimals: 6 },
  ],
  ...(
    [
      ['MILLIS', 3],
      ['MICROS', 6],
      ['NANOS', 9],
    ] as const
  ).flatMap(([unit, decimals]) => [
    [
      { ...LONG, ...timed('TIME', unit) },
      { kind: 'time', decimals },
    ] as const,
    [
      { ...LONG, ...timed('TIMESTAMP', unit) },
      { kind: 'timestamp', decimals },
    ] as const,
    [
      { ...LONG, ...timed('TIMESTAMP', unit, true) },
      { kind: 'instant', decimals },
    ] as const,
  ]),
  [
    { ...LONG, converted_type: 'DECIMAL', precision: 9, scale: 2 },
    { kind: 'decimal', precision: 9, scale: 2 },
  ],
  [
    { ...fixed(5), converted_type: 'DECIMAL' },
    { kind: 'decimal', precision: 0, scale: 0 },
  ],
  [
    { ...TEXT, logical_type: { type: 'DECIMAL', precision: 9, scale: 2 }, precision: 9, scale: 2 },
    { kind: 'decimal', precision: 9, scale: 2 },
  ],
  // The newer name goes before, but where it says nothing that is known.
  [
    { ...LONG, ...timed('TIMESTAMP', 'NANOS'), converted_type: 'TIMESTAMP_MICROS' },
    { kind: 'timestamp', decimals: 9 },
  ],
  [
    { ...WHOLE, ...integer(16, true), converted_type: 'UINT_8' },
    { kind: 'integer', bits: 16 },
  ],
  [
    { ...WHOLE, logical_type: { type: 'NULL' }, converted_type: 'TIME_MILLIS' },
    { kind: 'time', decimals: 3 },
  ],
  [
    { ...WHOLE, logical_type: { type: 'NULL' } },
    { kind: 'integer', bits: 32 },
  ],
] as readonly (readonly [Said, StoredType])[]

test.each(TYPES)('%j is %j', (said, type) => {
  const element = elementOf(said)
  expect(typeOf(said)).toEqual({ ...type, element })
  const required = { ...said, repetition_type: 'REQUIRED' } as const
  expect(typeOf(required)).toEqual({ ...type, isRequired: true, element: elementOf(required) })
  const optional = typeOf({ ...said, repetition_type: 'OPTIONAL' })
  expect(optional).not.toHaveProperty('isRequired')
})

test('a hint of Arrow tells durations from whole numbers, and bytes from texts, of its own column alone', () => {
  const duration = new Map<string, ArrowHint>([['x', { kind: 'duration', decimals: 9 }]])
  const unknown = new Map<string, ArrowHint>([['x', { kind: 'bytes' }]])
  expect(typeOf(LONG, duration)).toEqual({ kind: 'duration', decimals: 9, element: elementOf(LONG) })
  expect(typeOf(TEXT, unknown)).toEqual({ kind: 'bytes', element: elementOf(TEXT) })
  expect(typeOf(LONG, unknown).kind).toBe('integer')
  expect(typeOf(TEXT, duration).kind).toBe('text')
  expect(typeOf({ type: 'DOUBLE' }, duration).kind).toBe('double')
  expect(typeOf({ ...TEXT, converted_type: 'JSON' }, unknown).kind).toBe('json')
  expect(leafType(elementOf(LONG), 'x.y', duration).kind).toBe('integer')
})

describe('values as their column has them', () => {
  const uuid = { ...fixed(16), logical_type: { type: 'UUID' } } as const
  const decimal = { converted_type: 'DECIMAL', precision: 9, scale: 2 } as const
  const unsigned = { ...WHOLE, converted_type: 'UINT_32' } as const
  const json = { ...TEXT, converted_type: 'JSON' } as const
  const julian = (day: bigint, nanoseconds: bigint) => (day << 64n) | nanoseconds

  test.each<[string, Said, unknown, unknown]>([
    ['whole numbers', WHOLE, -1, -1],
    ['long numbers', LONG, -1n, -1n],
    ['numbers without a sign', unsigned, -1, 2 ** 32 - 1],
    ['numbers without a sign, in few bits', { ...WHOLE, ...integer(8, false) }, 255, 255],
    ['long numbers without a sign', { ...LONG, ...integer(64, false) }, -1n, 2n ** 64n - 1n],
    ['doubles', { type: 'DOUBLE' }, 0.1, 0.1],
    ['halves', { ...fixed(2), logical_type: { type: 'FLOAT16' } }, bytes(0x00, 0x3e), 1.5],
    ['decimals in 4 bytes', { ...WHOLE, ...decimal }, -12, -12n],
    ['decimals in 8 bytes', { ...LONG, ...decimal }, -12n, -12n],
    ['decimals in bytes', { ...fixed(3), ...decimal }, bytes(0xff, 0xff, 0xf4), -12n],
    ['decimals in many bytes', { ...TEXT, ...decimal }, bytes(1, 0, 0, 0, 0, 0, 0, 0, 0), 2n ** 64n],
    ['texts', { ...TEXT, converted_type: 'UTF8' }, text('Zürich'), 'Zürich'],
    ['a mark that begins a text', { ...TEXT, converted_type: 'UTF8' }, text('\ufeffa'), '\ufeffa'],
    ['texts that are torn', { ...TEXT, converted_type: 'UTF8' }, bytes(0x41, 0xff), 'A\ufffd'],
    ['JSON', json, text('{"ä": 1}'), '{"ä": 1}'],
    ['bytes that are a text', TEXT, text('\ufeffZürich'), '\ufeffZürich'],
    ['bytes that are none', TEXT, bytes(0x41, 0xff, 0x05), '41ff05'],
    [
      'UUIDs',
      uuid,
      Uint8Array.from({ length: 16 }, (_, at) => at * 17),
      '00112233-4455-6677-8899-aabbccddeeff',
    ],
    ['the first moment', { type: 'INT96' }, julian(2_440_588n, 0n), 0n],
    ['a moment of 96 bits', { type: 'INT96' }, julian(2_440_590n, 5n), 2n * 86_400_000_000_000n + 5n],
    ['a moment before the first', { type: 'INT96' }, julian(2_440_587n, 1n), -86_399_999_999_999n],
    ['other moments', { ...LONG, ...timed('TIMESTAMP', 'NANOS') }, 7n, 7n],
    ['days', { ...WHOLE, converted_type: 'DATE' }, 7, 7],
    ['truths', { type: 'BOOLEAN' }, true, true],
  ])('%s', (_, said, stored, value) => {
    expect(valued(said, stored)).toEqual(value)
  })

  test('durations are whole numbers', () => {
    const form = valueForm({ kind: 'duration', decimals: 3 })
    expect([5, 5n].map((value) => form?.(value))).toEqual([5n, 5n])
  })

  test('what is no such value stays as it is', () => {
    for (const [said] of TYPES) expect(valued(said, 'x')).toBe('x')
  })

  test('a timestamp of which nothing is said besides needs no change', () => {
    expect(valueForm({ kind: 'timestamp' })).toBeUndefined()
    expect(valueForm({ kind: 'text' })?.(bytes(0xff))).toBe('ff')
  })
})

test('of bytes that are called texts, some are said to be', () => {
  expect(areUnsaid(typeOf(TEXT))).toBe(true)
  expect(areUnsaid(typeOf({ ...TEXT, converted_type: 'UTF8' }))).toBe(false)
  expect(areUnsaid(typeOf({ ...TEXT, logical_type: { type: 'STRING' } }))).toBe(false)
  expect(areUnsaid(typeOf(fixed(3)))).toBe(false)
})

test('what may be there several times is said to be', () => {
  const node = (repetition_type: SchemaElement['repetition_type']) =>
    ({ element: elementOf({ repetition_type }) }) as SchemaTree
  expect(
    (['REPEATED', 'OPTIONAL', 'REQUIRED', undefined] as const).map((kind) => isRepeated(node(kind))),
  ).toEqual([true, false, false, false])
})
