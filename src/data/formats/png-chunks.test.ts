import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { pngChunk, pngOf } from './png.testing.ts'
import { greatestSample, isPng, pngSize, readPng } from './png.ts'
import { tellsBits } from './png-colors.ts'
import { samplesOf } from './png-samples.ts'

const inflate = (bytes: Uint8Array): Uint8Array => new Uint8Array(inflateSync(bytes))
const form = { width: 2, height: 1, depth: 8, colorType: 0 }
const header = [0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]
const fileOf = (...chunks: Uint8Array[]) =>
  Uint8Array.from([...pngOf([1, 2], form).subarray(0, 8), ...chunks.flatMap((chunk) => [...chunk])])
const data = pngOf([1, 2], form).subarray(8 + 25, -12)

test('an image begins with its header and ends with its end, and what is unknown between is passed over', () => {
  const [ihdr, iend, other] = [pngChunk('IHDR', header), pngChunk('IEND', []), pngChunk('tEXt', [1, 2])]
  expect([...readPng(fileOf(ihdr, other, data, other, iend), inflate).data]).toEqual([1, 2])
  expect([...readPng(fileOf(ihdr, data, iend, pngChunk('eXIf', [1])), inflate).data]).toEqual([1, 2])
  for (const bad of [
    [other, ihdr, data, iend],
    [pngChunk('IHDX', header), data, iend],
    [pngChunk('IHDR', [...header, 0]), data, iend],
    [ihdr, data],
    [ihdr, data, other],
  ])
    expect(() => readPng(fileOf(...bad), inflate)).toThrow(/\[png\/torn\]/)
})

test.each([
  ['no width', { 3: 0 }],
  ['no height', { 7: 0 }],
  ['a depth that is none', { 8: 3 }],
  ['a color type that is none', { 9: 1 }],
  ['another packing', { 10: 1 }],
  ['another filtering', { 11: 1 }],
  ['another interlacing', { 12: 2 }],
])('%s is no form that the standard knows', (_, changes) => {
  const changed = Object.assign([...header], changes)
  expect(() => pngSize(fileOf(pngChunk('IHDR', changed), data, pngChunk('IEND', [])))).toThrow(
    /\[png\/torn\]/,
  )
})

test('an image is known by all eight bytes of its mark', () => {
  const file = pngOf([1, 2], form)
  expect(isPng(file)).toBe(true)
  for (let at = 0; at < 8; at++) expect(isPng(file.with(at, 0)), `byte ${at}`).toBe(false)
})

test('of 16 bits some count where an image says so', () => {
  expect([undefined, 0, 8, 9, 12, 15, 16].map(tellsBits)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
    false,
  ])
})

/** An image of one pixel a sample in a row, with these chunks before its samples. */
const rowOf = (samples: number[], colorType: number, depth: number, ...before: Uint8Array[]) => {
  const each = [1, 0, 3, 1, 2, 0, 4][colorType]
  return pngOf(samples, { width: samples.length / each, height: 1, depth, colorType, before })
}
const pixels = (file: Uint8Array, bits?: number) => [...readPng(file, inflate, bits).data]

describe('samples of 16 bits', () => {
  const bits = (...each: number[]) => pngChunk('sBIT', each)

  test('are deep, unless the image says that fewer of them count', () => {
    const isDeep = (depth: number, ...before: Uint8Array[]) =>
      pngSize(rowOf([0, 1], 0, depth, ...before))?.isDeep
    expect(isDeep(16)).toBe(true)
    expect(isDeep(8)).toBeUndefined()
    for (const [count, deep] of [
      [8, true],
      [9, undefined],
      [15, undefined],
      [16, true],
    ] as const)
      expect(isDeep(16, bits(count)), `${count}`).toBe(deep)
    // The greatest counts, and no chunk of another name.
    expect(isDeep(16, bits(5, 12))).toBeUndefined()
    expect(isDeep(16, pngChunk('tEXt', [12]))).toBe(true)
    expect(isDeep(16, pngChunk('tEXt', [12]), bits(12))).toBeUndefined()
  })

  test('fill the range of as many bits as are said, by the image before the caller', () => {
    const samples = [0, 1000, 4095]
    const scaled = (most: number) =>
      samples.map((sample) => Math.round((Math.min(sample, most) * 255) / most))
    expect(pixels(rowOf(samples, 0, 16))).toEqual(scaled(65_535))
    expect(pixels(rowOf(samples, 0, 16), 10)).toEqual(scaled(1023))
    expect(pixels(rowOf(samples, 0, 16, bits(12)))).toEqual(scaled(4095))
    expect(pixels(rowOf(samples, 0, 16, bits(12)), 14)).toEqual(scaled(4095))
    expect(pixels(rowOf([...samples, 0], 4, 16, bits(9, 12)))).toEqual([...scaled(4095), 0])
    // One that does not fit says that more bits count.
    expect(pixels(rowOf([0, 4096], 0, 16, bits(12)))).toEqual([0, 16])
    expect(pixels(rowOf([0, 4096], 0, 16, bits(12)), 13)).toEqual([0, 128])
  })

  test('alone are scaled so', () => {
    expect(pixels(rowOf([0, 100, 255], 0, 8, bits(12)), 10)).toEqual([0, 100, 255])
    expect(pixels(rowOf([0, 7, 15], 0, 4), 10)).toEqual([0, 119, 255])
  })

  test('stay so, and others are bytes', () => {
    const grid = { width: 2, height: 1, samples: 1, isInterlaced: false }
    expect(samplesOf(Uint8Array.of(0, 1, 2, 3, 4), { ...grid, depth: 16 })).toEqual(Uint16Array.of(258, 772))
    expect(samplesOf(Uint8Array.of(0, 1, 2), { ...grid, depth: 8 })).toEqual(Uint8Array.of(1, 2))
    expect(samplesOf(Uint8Array.of(0, 0x90), { ...grid, depth: 4 })).toEqual(Uint8Array.of(9, 0))
  })

  test('have a greatest', () => {
    expect(greatestSample(rowOf([5, 60_000, 7], 0, 16), inflate)).toBe(60_000)
    expect(greatestSample(rowOf([0, 3, 200], 0, 8), inflate)).toBe(200)
    expect(greatestSample(rowOf([0, 0], 0, 8), inflate)).toBe(0)
  })
})

describe('colors', () => {
  const palette = (...colors: number[]) => pngChunk('PLTE', colors)

  test('of a palette are grey where all three parts of each are the same', () => {
    const isColor = (...colors: number[]) => pngSize(rowOf([0, 0], 3, 8, palette(...colors)))?.isColor
    expect(isColor(9, 9, 9)).toBe(false)
    expect(isColor(9, 9, 9, 0, 0, 0)).toBe(false)
    for (const odd of [
      [8, 9, 9],
      [9, 8, 9],
      [9, 9, 8],
    ]) {
      expect(isColor(...odd)).toBe(true)
      expect(isColor(9, 9, 9, ...odd)).toBe(true)
    }
  })

  test('are told by the palette of an image that has one, not by a suggestion nor another chunk', () => {
    const sizeOf = (colorType: number, ...before: Uint8Array[]) =>
      pngSize(rowOf(colorType === 3 ? [0, 0] : [1, 2, 3], colorType, 8, ...before))?.isColor
    expect(sizeOf(2, palette(9, 9, 9))).toBe(true)
    expect(sizeOf(3, palette(9, 9, 9), pngChunk('tRNS', [1, 2, 3]))).toBe(false)
    expect(sizeOf(3, palette(9, 9, 8), pngChunk('tRNS', [1]))).toBe(true)
  })

  test('that are transparent have no say where pixels have their own alpha', () => {
    const key = pngChunk('tRNS', [0, 1])
    expect(readPng(rowOf([1, 2, 3, 4], 4, 8, key), inflate)).toMatchObject({
      channels: 2,
      data: Uint8Array.of(1, 2, 3, 4),
    })
    expect(readPng(rowOf([1, 2, 3, 4], 6, 8, key), inflate)).toMatchObject({
      channels: 4,
      data: Uint8Array.of(1, 2, 3, 4),
    })
  })
})

test('an image is turned by EXIF data before its samples, and by nothing else', () => {
  const turning = [...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1], ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]]
  const shapes = (file: Uint8Array) => {
    const { width, height } = readPng(file, inflate)
    const told = pngSize(file)
    return [width, height, told?.width, told?.height]
  }
  const [ihdr, iend] = [pngChunk('IHDR', header), pngChunk('IEND', [])]
  const exif = pngChunk('eXIf', turning)
  expect(shapes(fileOf(ihdr, exif, data, iend))).toEqual([1, 2, 1, 2])
  expect(shapes(fileOf(ihdr, pngChunk('exIf', turning), data, iend))).toEqual([2, 1, 2, 1])
  expect(shapes(fileOf(ihdr, data, exif, iend))).toEqual([2, 1, 2, 1])
})

test('samples that do not unpack are torn, though their checksum fits', () => {
  const [ihdr, iend] = [pngChunk('IHDR', header), pngChunk('IEND', [])]
  expect(() => readPng(fileOf(ihdr, pngChunk('IDAT', [1, 2, 3, 4]), iend), inflate)).toThrow(/\[png\/torn\]/)
  expect(() => readPng(fileOf(ihdr, iend), inflate)).toThrow(/\[png\/torn\]/)
})
