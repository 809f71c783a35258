import { expect, test } from 'vitest'
import { arrowHints } from './arrow-hints.ts'
import { type FlatFields, flat } from './flat.testing.ts'

/** Numbers of types (Apache Arrow's Schema.fbs). */
const KIND = {
  integer: 2,
  binary: 4,
  text: 5,
  list: 12,
  struct: 13,
  duration: 18,
  largeBinary: 19,
  binaryView: 23,
}

const field = (name: string, kind: number, more: FlatFields = {}): FlatFields => ({
  ...{ 4: { text: name }, 8: { byte: kind } },
  ...more,
})
const inUnit = (unit: number): FlatFields => ({ 10: { table: { 4: { short: unit } } } })

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const messageOf = (...fields: FlatFields[]): Uint8Array<ArrayBuffer> =>
  flat({ 8: { table: { 6: { tables: fields } } } })
/** With what stands before a message: a mark and its length, or of old its length alone. */
const framed = (message: Uint8Array, isOld = false): string =>
  base64(
    Buffer.concat([
      Buffer.alloc(isOld ? 0 : 4, 255),
      Buffer.from(Uint32Array.of(message.length).buffer),
      message,
    ]),
  )
const hintsOf = (...fields: FlatFields[]) => [...arrowHints(framed(messageOf(...fields)))]

test('bytes, and durations with their units, are told', () => {
  const fields = [
    field('a', KIND.duration, inUnit(0)),
    field('b', KIND.duration, inUnit(1)),
    field('c', KIND.duration, inUnit(2)),
    field('d', KIND.duration, inUnit(3)),
    field('e', KIND.duration, { 10: { table: {} } }),
    field('f', KIND.duration),
    field('g', KIND.duration, inUnit(9)),
    field('h', KIND.binary),
    field('i', KIND.largeBinary),
    field('j', KIND.binaryView),
    field('k', KIND.integer),
    field('l', KIND.text),
  ]
  const wanted = [
    ...[0, 3, 6, 9, 3, 3, 6].map((decimals, at) => ['abcdefg'[at], { kind: 'duration', decimals }]),
    ...['h', 'i', 'j'].map((name) => [name, { kind: 'bytes' }]),
  ]
  expect(hintsOf(...fields)).toEqual(wanted)
  expect([...arrowHints(framed(messageOf(...fields), true))]).toEqual(wanted)
})

test('of structures by dotted names, of lists not at all', () => {
  const inner = field('b', KIND.struct, {
    14: { tables: [field('c', KIND.duration), field('d', KIND.binary)] },
  })
  expect(
    hintsOf(
      field('a', KIND.struct, { 14: { tables: [inner, field('e', KIND.binary)] } }),
      field('l', KIND.list, { 14: { tables: [field('item', KIND.binary)] } }),
    ).map(([name]) => name),
  ).toEqual(['a.b.c', 'a.b.d', 'a.e'])
})

test('nothing is told by what is no schema', () => {
  const deep = (depth: number): FlatFields =>
    field('x', KIND.struct, { 14: { tables: [depth > 0 ? deep(depth - 1) : field('y', KIND.binary)] } })
  expect([...arrowHints(framed(messageOf(deep(3))))]).toHaveLength(1)
  for (const text of [
    undefined,
    '',
    'no base64!',
    base64(Uint8Array.of(255, 255)),
    framed(flat({})),
    framed(messageOf(deep(20))),
  ])
    expect([...arrowHints(text)]).toEqual([])
  // One field is whole, and the next is not: nothing at all is told.
  const whole = messageOf(field('a', KIND.binary), field('b', KIND.binary))
  expect([...arrowHints(framed(whole.subarray(0, -1)))]).toEqual([])
})
