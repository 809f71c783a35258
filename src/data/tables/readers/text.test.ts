import { describe, expect, test } from 'vitest'
import { type Decoding, textOf } from './text.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...utf8(part)])))

async function read(all: Uint8Array, size = all.length || 1, decoding?: Decoding): Promise<string> {
  async function* pieces() {
    for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size)
  }
  let text = ''
  for await (const part of textOf(pieces(), () => `place ${text.length}`, decoding)) text += part
  return text
}

/** Letters of one byte to four, the least and the greatest of each. */
const LETTERS = '\ufeff\u0001 ~\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff} Zürich 北京 😀'
const SIZES = [1, 2, 3, 4, 5, 7, 1000]

describe('UTF-8', () => {
  test('is read in any pieces, its mark among it', async () => {
    for (const size of SIZES) expect(await read(utf8(LETTERS), size)).toBe(LETTERS)
    for (const text of ['', 'a', 'ab', 'abc', 'é', 'abcd'])
      for (const size of [1, 4]) expect(await read(utf8(text), size)).toBe(text)
  })

  test('in large pieces is handed on in small ones', async () => {
    async function* pieces() {
      yield utf8('é'.repeat(100_000))
    }
    const parts: string[] = []
    for await (const part of textOf(pieces(), () => '')) parts.push(part)
    expect(parts.join('')).toBe('é'.repeat(100_000))
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(2 ** 16)
    expect(parts).toHaveLength(4)
  })

  test.each([
    ['in two bytes', bytes('abcd', 0xc3), 'c3'],
    ['in three', bytes('abcd', 0xe5, 0x8c), 'e5 8c'],
    ['in four', bytes('abcd', 0xf0, 0x9f, 0x98), 'f0 9f 98'],
    ['in four, after the first', bytes('abcd', 0xf0), 'f0'],
  ])('cut off within a letter %s is refused', async (_, torn, hex) => {
    for (const size of SIZES)
      await expect(read(torn, size)).rejects.toThrow(`bytes that are no UTF-8 (${hex}) in place 4; `)
  })

  test.each([
    ['a byte that begins no letter', bytes('ab', 0x05, 0xff, 'cdef'), '(ff 63 64 65) in place 3'],
    ['a byte that goes on without a letter', bytes('Zü', 0x80, 'c'), '(80 63) in place 2'],
    ['only such bytes', bytes(0x80, 0x80, 0x80, 0x80, 0x80), '(80 80 80 80) in place 0'],
    ['a letter that does not go on', bytes('ab', 0xe5, 'cd'), '(e5 63 64) in place 2'],
    ['half of a pair', bytes('abc', 0xed, 0xa0, 0x80), '(ed a0 80) in place 3'],
  ])('with %s is refused, with the text before it handed on', async (_, torn, seen) => {
    await expect(read(torn)).rejects.toThrow(seen)
    await expect(read(torn)).rejects.toThrow('[text/utf-8]')
    for (const size of SIZES) await expect(read(torn, size)).rejects.toThrow(/in place \d; .*\[text\/utf-8\]/)
  })

  test('is what is called so, in any spelling', async () => {
    for (const encoding of ['utf-8', 'UTF-8', 'utf8', 'Utf8']) {
      expect(await read(utf8('Zürich'), 3, { encoding })).toBe('Zürich')
      await expect(read(bytes('Z', 0xfc), 3, { encoding })).rejects.toThrow('[text/utf-8]')
    }
    for (const encoding of ['utf-88', 'xutf-8', 'utf--8', 'klingon'])
      await expect(read(utf8('a'), 1, { encoding }), encoding).rejects.toThrow(
        expect.objectContaining({ code: 'text/encoding', usage: true }),
      )
  })
})

describe('another encoding', () => {
  /** Москва in windows-1251, which is no UTF-8. */
  const moscow = [0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0]
  const japan = [0x93, 0xfa, 0x96, 0x7b]

  test('is read where somebody names it, torn or not', async () => {
    for (const size of SIZES) {
      expect(await read(bytes('in ', ...moscow), size, { encoding: 'windows-1251' })).toBe('in Москва')
      expect(await read(bytes('in ', ...japan, 'i'), size, { encoding: 'shift_jis' })).toBe('in 日本i')
      expect(await read(bytes('in ', ...japan.slice(0, 3)), size, { encoding: 'shift_jis' })).toBe(
        'in 日\ufffd',
      )
    }
  })

  test('is guessed where all before it is ASCII, and that is said once', async () => {
    for (const size of SIZES)
      for (const [guess, letters, text] of [
        ['windows-1251', moscow, 'Москва'],
        ['shift_jis', japan, '日本'],
        ['windows-1252', [0xfc, 0xe9, 0xe0], 'üéà'],
        ['windows-1252', [0xe9], 'é'],
      ] as const) {
        const told: string[] = []
        const decoding = { guess, onGuess: (encoding: string) => told.push(encoding) }
        expect(await read(bytes('in ', ...letters, ', far'), size, decoding)).toBe(`in ${text}, far`)
        if (guess !== 'shift_jis')
          expect(await read(bytes('in ', ...letters), size, decoding)).toBe(`in ${text}`)
        expect(new Set(told)).toEqual(new Set([guess]))
        expect(told.length).toBeLessThanOrEqual(2)
        expect(await read(bytes('in ', ...letters, '.'), size, { guess })).toBe(`in ${text}.`)
      }
    expect(await read(bytes('caf', 0xe9), 1, { guess: 'windows-1252' })).toBe('café')
  })

  test('but not behind letters of UTF-8, nor at its end where one of them breaks off', async () => {
    const guess = 'windows-1252'
    for (const size of SIZES) {
      await expect(read(bytes('Zürich ', 0xfc, 'x'), size, { guess })).rejects.toThrow('[text/utf-8]')
      await expect(read(bytes('Zürich ', 0xe9), size, { guess })).rejects.toThrow('[text/utf-8]')
      await expect(read(bytes('abcdef', 0xe5, 0x8c), size, { guess })).rejects.toThrow('[text/utf-8]')
    }
    await expect(read(bytes('abcdef', 0xe9))).rejects.toThrow('[text/utf-8]')
  })

  test('nor where there are bytes that no text has', async () => {
    const of = (...more: number[]) =>
      read(bytes('abc', 0xfc, ...more, 'z'), undefined, { guess: 'windows-1252' })
    for (const byte of [9, 10, 13, 32, 0x7f, 0x80, 0x82, 0xa0])
      expect(await of(byte), `${byte}`).toMatch(/^abcü.z$/s)
    for (const byte of [0, 8, 14, 31, 0x81, 0x8d, 0x8f, 0x90, 0x9d])
      await expect(of(byte), `${byte}`).rejects.toThrow('[text/utf-8]')
    // Elsewhere they are letters.
    const cyrillic = await read(bytes('abc', ...moscow, 0x81, 0x90, 'z'), undefined, {
      guess: 'windows-1251',
    })
    expect(cyrillic).toBe('abcМоскваЃђz')
  })
})

describe('UTF-16', () => {
  const wide = (text: string, isLittle: boolean): Uint8Array => {
    const all = new Uint8Array(2 * text.length)
    const view = new DataView(all.buffer)
    for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), isLittle)
    return all
  }

  test.each([true, false])(
    'is read in any pieces, its mark among it (little-endian: %s)',
    async (isLittle) => {
      for (const text of ['\ufeffab 北京 😀', 'ab 北京 😀'])
        for (const size of SIZES) expect(await read(wide(text, isLittle), size)).toBe(text)
      const torn = wide('\ufeffabc', isLittle).subarray(0, -1)
      for (const size of SIZES)
        await expect(read(torn, size)).rejects.toThrow(/no UTF-16 in place \d; .*\[text\/utf-16\]/)
      await expect(read(wide('\ufeffab\ud83dcd', isLittle))).rejects.toThrow('[text/utf-16]')
    },
  )
})

test('bytes are asked for no more when nobody reads on', async () => {
  let isOpen = true
  async function* pieces() {
    try {
      for (;;) yield utf8('abcdef')
    } finally {
      isOpen = false
    }
  }
  for await (const part of textOf(pieces(), () => '')) if (part !== '') break
  expect(isOpen).toBe(false)
})
