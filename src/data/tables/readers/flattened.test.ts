import { expect, test } from 'vitest'
import { DEEPEST, dotted, flattened, isList } from './flattened.ts'

test('objects in objects have dotted names, in the order of their fields', () => {
  const day = new Date(0)
  const fields = { a: 1, b: { c: 'x', d: { e: null } }, f: [1, { g: 2 }], day, bytes: Uint8Array.of(1) }
  const flat = flattened(fields)
  expect(flat).toEqual({ a: 1, 'b.c': 'x', 'b.d.e': null, f: [1, { g: 2 }], day, bytes: Uint8Array.of(1) })
  expect(Object.keys(flat)).toEqual(['a', 'b.c', 'b.d.e', 'f', 'day', 'bytes'])
})

test('what is flat already is the same object', () => {
  const flat = { a: 1, b: [1], c: null, d: undefined }
  expect(flattened(flat)).toBe(flat)
  expect(flattened({ z: {}, a: 1 })).toEqual({ a: 1 })
  expect(flattened({ a: 1, z: { y: 2 } })).toEqual({ a: 1, 'z.y': 2 })
})

test('so deep and no deeper', () => {
  const nest = (depth: number): Record<string, unknown> => (depth === 0 ? { a: 1 } : { a: nest(depth - 1) })
  expect(Object.keys(flattened(nest(DEEPEST)))).toEqual([new Array(DEEPEST + 1).fill('a').join('.')])
  expect(() => flattened(nest(DEEPEST + 1))).toThrow(/\[table\/nested\]/)
})

test('lists are arrays of any kind', () => {
  for (const list of [[], [1], new Float32Array(2), new Uint8Array()]) expect(isList(list)).toBe(true)
  for (const other of [null, undefined, 'ab', { length: 1 }, new Date(0), 3])
    expect(isList(other)).toBe(false)
  expect(dotted('a', 'b')).toBe('a.b')
})
