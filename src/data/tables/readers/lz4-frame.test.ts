import { expect, test } from 'vitest'
import { lz4Unpacked } from './lz4-frame.ts'

const word = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255]
const frame = (blocks: readonly (readonly number[])[], flags = 0x40): Uint8Array =>
  Uint8Array.from([
    ...word(0x184d2204),
    flags,
    0x40,
    ...(flags & 0x08 ? new Array(8).fill(7) : []),
    0,
    ...blocks.flatMap((block) => [...word(block.length), ...block, ...(flags & 0x10 ? [9, 9, 9, 9] : [])]),
    ...word(0),
  ])
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const ascii = (words: string) => [...new TextEncoder().encode(words)]

test('literals and repetitions, which may reach into what they write', () => {
  // Three literals, then seven more from one byte and three bytes back.
  expect(text(lz4Unpacked(frame([[0x33, ...ascii('abc'), 1, 0, 0x10, ...ascii('!')]])))).toBe('abcccccccc!')
  expect(text(lz4Unpacked(frame([[0x33, ...ascii('abc'), 3, 0, 0x10, ...ascii('!')]])))).toBe('abcabcabca!')
})

test('lengths of fifteen and more go on in bytes of 255 and a last one', () => {
  for (const length of [14, 15, 16, 269, 270, 271, 600]) {
    const more =
      length < 15 ? [] : [...new Array(Math.floor((length - 15) / 255)).fill(255), (length - 15) % 255]
    const nibble = Math.min(length, 15)
    const literals = Array.from({ length }, (_, i) => i & 255)
    expect([...lz4Unpacked(frame([[nibble << 4, ...more, ...literals]]))], `${length} literals`).toEqual(
      literals,
    )
    const repeated = lz4Unpacked(frame([[0x10 | nibble, 5, 1, 0, ...more, 0x10, 6]]))
    expect([...repeated], `${length + 4} more`).toEqual([...new Array(length + 5).fill(5), 6])
  }
})

test('blocks may refer to those before, be stored as they are, and have checksums', () => {
  const linked = [
    [0x30, ...ascii('abc')],
    [0x02, 3, 0],
  ]
  for (const flags of [0x40, 0x48, 0x50, 0x58])
    expect(text(lz4Unpacked(frame(linked, flags)))).toBe('abcabcabc')
  const stored = frame([ascii('abc')])
  stored[10] = 0x80
  expect(text(lz4Unpacked(stored))).toBe('abc')
  expect(lz4Unpacked(frame([]))).toHaveLength(0)
  const shifted = new Uint8Array(frame(linked).length + 3)
  shifted.set(frame(linked), 3)
  expect(text(lz4Unpacked(shifted.subarray(3)))).toBe('abcabcabc')
})

test('a reference reaches two hundred bytes back by its second byte', () => {
  const literals = Array.from({ length: 300 }, (_, i) => i & 127)
  const block = [0xf0, 255, 300 - 15 - 255, ...literals, 0x2c, 0x01, 0x10, 1]
  expect([...lz4Unpacked(frame([block])).slice(300)]).toEqual([0, 1, 2, 3, 1])
})

test('what is torn is refused, at whichever byte', () => {
  const whole = frame([[0x33, ...ascii('abc'), 3, 0, 0x10, ...ascii('!')]])
  for (let end = 0; end < whole.length; end++)
    expect(() => lz4Unpacked(whole.subarray(0, end)), `${end} bytes`).toThrow(/\[lz4\/torn\]/)
})

test('what is cut off within a block is refused, though more follows it', () => {
  const after = [0x10, 1]
  for (const [block, seen] of [
    [[0xf0], 'a length cut off'],
    [[0xf0, 255], 'a length cut off'],
    [[0x1f, 1, 1, 0], 'a length cut off'],
    [[0x20, 1], 'a block cut off'],
    [[0x10, 1, 1], 'a block cut off'],
  ] as const)
    expect(() => lz4Unpacked(frame([[...block], after])), `${block}`).toThrow(seen)
})

test('a block that reaches beyond the frame is refused, and one that ends with it has no end behind it', () => {
  const whole = frame([[0x30, ...ascii('abc')]])
  const longer = whole.slice()
  longer[7] += 5
  expect(() => lz4Unpacked(longer)).toThrow('a block cut off')
  expect(() => lz4Unpacked(whole.subarray(0, -4))).toThrow('no end')
})

test.each([
  ['another mark', () => frame([]).fill(0, 0, 1)],
  ['another version', () => frame([], 0x80)],
  ['a dictionary', () => frame([], 0x41)],
  ['a reference to before its beginning', () => frame([[0x10, 1, 2, 0]])],
  ['a reference to nowhere', () => frame([[0x10, 1, 0, 0]])],
  ['a length cut off', () => frame([[0xf0]])],
  ['literals cut off', () => frame([[0x20, 1]])],
  ['a reference cut off', () => frame([[0x10, 1, 1]])],
])('%s is refused', (_, make) => {
  expect(() => lz4Unpacked(make())).toThrow(/\[lz4\/torn\]/)
})
