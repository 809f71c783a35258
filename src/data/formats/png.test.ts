import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { decode, encode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { pngChunk, pngOf, samplesOfColor } from './png.testing.ts'
import { endsAsPng, type Inflate, isPng, pngSize, readPng } from './png.ts'

const inflate: Inflate = (bytes, size) => new Uint8Array(inflateSync(bytes, { maxOutputLength: size }))
const read = (file: Uint8Array) => readPng(file, inflate)

const forms = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
].flatMap(([colorType, depths]) =>
  (depths as number[]).map((depth) => ({ colorType: colorType as number, depth })),
)

const aForm = fc
  .record({
    form: fc.constantFrom(...forms),
    width: fc.integer({ min: 1, max: 19 }),
    height: fc.integer({ min: 1, max: 19 }),
    isInterlaced: fc.boolean(),
    filters: fc.array(fc.nat(4), { minLength: 1, maxLength: 7 }),
    parts: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ form, ...rest }) =>
    fc.record({
      form: fc.constant({ ...form, ...rest }),
      samples: fc.array(fc.nat(2 ** form.depth - 1), {
        minLength: rest.width * rest.height * samplesOfColor[form.colorType],
        maxLength: rest.width * rest.height * samplesOfColor[form.colorType],
      }),
    }),
  )

const palette = Uint8Array.from({ length: 768 }, (_, i) => (i * 37) % 256)

describe('readPng', () => {
  test('reads every color type, depth, filter and order of lines', () => {
    fc.assert(
      fc.property(aForm, ({ form, samples }) => {
        const { width, height, depth, colorType, parts } = form
        const before = colorType === 3 ? [pngChunk('PLTE', palette.subarray(0, 3 * 2 ** depth))] : []
        const picture = read(pngOf(samples, { ...form, before }, parts))
        const wanted =
          colorType === 3
            ? samples.flatMap((color) => [...palette.subarray(3 * color, 3 * color + 3)])
            : samples.map((sample) => Math.round((sample * 255) / (2 ** depth - 1)))
        const channels = colorType === 3 ? 3 : samplesOfColor[colorType]
        expect(picture).toEqual({ width, height, channels, data: Uint8Array.from(wanted) })
      }),
      { numRuns: 300 },
    )
  })

  test('agrees with fast-png about what that wrote', () => {
    for (const channels of [1, 2, 3, 4] as const)
      for (const interlace of ['null', 'Adam7'] as const) {
        const data = Uint8Array.from({ length: 13 * 9 * channels }, (_, i) => (i * i) % 251)
        const file = encode({ width: 13, height: 9, channels, data }, { interlace })
        expect(read(file).data).toEqual(decode(file).data)
      }
  })

  test('transparency: of palette colors, and of one color told in the depth of the samples', () => {
    const colors = pngChunk('PLTE', [10, 20, 30, 40, 50, 60])
    const form = { width: 2, height: 1, depth: 8, colorType: 3 }
    const some = pngOf([1, 0], { ...form, before: [colors, pngChunk('tRNS', [7])] })
    expect(read(some)).toMatchObject({ channels: 4, data: Uint8Array.of(40, 50, 60, 255, 10, 20, 30, 7) })
    const grey = { width: 2, height: 1, depth: 16, colorType: 0, before: [pngChunk('tRNS', [0x12, 0x34])] }
    expect(read(pngOf([0x1234, 0x1235], grey))).toMatchObject({
      channels: 2,
      data: Uint8Array.of(0x12, 0, 0x12, 255),
    })
    const rgb = {
      width: 2,
      height: 1,
      depth: 8,
      colorType: 2,
      before: [pngChunk('tRNS', [0, 1, 0, 2, 0, 3])],
    }
    expect(read(pngOf([1, 2, 3, 1, 2, 4], rgb)).data).toEqual(Uint8Array.of(1, 2, 3, 0, 1, 2, 4, 255))
  })

  test('any one byte changed is refused, or makes no difference', () => {
    const file = pngOf([0, 50, 100, 255], { width: 2, height: 2, depth: 8, colorType: 0 })
    const wanted = read(file)
    for (let at = 0; at < file.length; at++) {
      const bad = file.slice()
      bad[at] ^= 0x55
      try {
        expect(read(bad), `byte ${at}`).toEqual(wanted)
      } catch (error) {
        expect(String(error)).toContain('[png/torn]')
      }
    }
    for (let length = 0; length < file.length; length++)
      expect(() => read(file.subarray(0, length)), `${length} bytes`).toThrow('[png/torn]')
  })

  test('says what is wrong', () => {
    const form = { width: 2, height: 1, depth: 8, colorType: 0 }
    const file = pngOf([1, 2], form)
    const changed = file.slice()
    changed[45] ^= 1
    expect(() => read(file.subarray(0, 20))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image of 20 bytes; wanted its header at least. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
    expect(() => read(file.subarray(0, 50))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image that breaks off after 50 bytes; wanted IEND at its end. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
    expect(() => read(changed)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image whose IDAT does not match its checksum; wanted an image as it was saved. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
    expect(() => read(pngOf([1, 2], { ...form, filters: [5] }))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image with a line of filter 5; wanted a filter from 0 to 4. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
    expect(() => read(pngOf([1, 2], { ...form, depth: 3 }))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image 2×1 of color type 0, depth 3, interlace 0; wanted a form that the standard knows. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
    expect(() => read(pngOf([1, 2], { ...form, colorType: 3 }))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image without its palette; wanted PLTE. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
    const before = [pngChunk('PLTE', [1, 2, 3])]
    expect(() => read(pngOf([0, 1], { ...form, colorType: 3, before }))).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image with color 1 of a palette; wanted one of its 1 colors. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
    const header = pngOf([1, 2, 3, 4], { ...form, height: 2 }).subarray(8, 33)
    const tall = Uint8Array.from([...file.subarray(0, 8), ...header, ...file.subarray(33)])
    expect(() => read(tall)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a PNG image with 3 bytes of samples; wanted 6 bytes of them. Fix: copy or save the image again, or leave it out. [png/torn]]`,
    )
  })
})

describe('pngSize', () => {
  const form = { width: 300, height: 2, depth: 8 }
  const sizeOf = (colorType: number, before: Uint8Array[] = []) =>
    pngSize(pngOf(new Array(600 * samplesOfColor[colorType]).fill(0), { ...form, colorType, before }))

  test('tells size and color by the header, and grey by a palette', () => {
    const grey = { width: 300, height: 2, isColor: false }
    const color = { ...grey, isColor: true }
    expect([sizeOf(0), sizeOf(4), sizeOf(2), sizeOf(6)]).toEqual([grey, grey, color, color])
    const text = pngChunk('tEXt', Buffer.from('Title\0x'))
    expect(sizeOf(3, [text, pngChunk('PLTE', [0, 0, 0, 9, 9, 9])])).toEqual(grey)
    expect(sizeOf(3, [pngChunk('PLTE', [0, 0, 0, 9, 8, 9])])).toEqual(color)
  })

  test('says when there is too little to tell', () => {
    const file = pngOf([0], {
      width: 1,
      height: 1,
      depth: 8,
      colorType: 3,
      before: [pngChunk('PLTE', [1, 1, 1])],
    })
    expect([20, 40, 60].map((length) => pngSize(file.subarray(0, length)))).toEqual([
      undefined,
      undefined,
      { width: 1, height: 1, isColor: false },
    ])
  })
})

test('knows a PNG file by its ends', () => {
  const file = pngOf([0], { width: 1, height: 1, depth: 8, colorType: 0 })
  expect([isPng(file), isPng(file.subarray(1)), endsAsPng(file), endsAsPng(file.subarray(0, 60))]).toEqual([
    true,
    false,
    true,
    false,
  ])
})

describe('what is said beside the samples', () => {
  /** EXIF data of one entry, in either byte order. */
  const exif = (orientation: number, little: boolean): Uint8Array => {
    const view = new DataView(new ArrayBuffer(26))
    view.setUint16(0, little ? 0x4949 : 0x4d4d)
    view.setUint16(2, 42, little)
    view.setUint32(4, 8, little)
    view.setUint16(8, 1, little)
    view.setUint16(10, 0x0112, little)
    view.setUint16(12, 3, little)
    view.setUint32(14, 1, little)
    view.setUint16(18, orientation, little)
    return pngChunk('eXIf', new Uint8Array(view.buffer))
  }
  const form = { width: 3, height: 2, depth: 8, colorType: 0 }

  // 1 2 3
  // 4 5 6, as it is stored.
  test.each([
    [1, 3, [1, 2, 3, 4, 5, 6]],
    [2, 3, [3, 2, 1, 6, 5, 4]],
    [3, 3, [6, 5, 4, 3, 2, 1]],
    [4, 3, [4, 5, 6, 1, 2, 3]],
    [5, 2, [1, 4, 2, 5, 3, 6]],
    [6, 2, [4, 1, 5, 2, 6, 3]],
    [7, 2, [6, 3, 5, 2, 4, 1]],
    [8, 2, [3, 6, 2, 5, 1, 4]],
  ])('orientation %i is applied', (orientation, width, data) => {
    for (const little of [true, false]) {
      const file = pngOf([1, 2, 3, 4, 5, 6], { ...form, before: [exif(orientation, little)] })
      const height = 6 / width
      expect(readPng(file, inflate)).toEqual({ width, height, channels: 1, data: Uint8Array.from(data) })
      expect(pngSize(file)).toEqual({ width, height, isColor: false })
    }
  })

  test('the size is not told before EXIF data may have come', () => {
    const file = pngOf([1, 2, 3, 4, 5, 6], { ...form, before: [exif(6, true)] })
    expect(pngSize(file.subarray(0, 40))).toBeUndefined()
  })

  test('12 bits in samples of 16 are scaled by their own range, and by the whole where they fill it', () => {
    const deep = { width: 3, height: 1, depth: 16, colorType: 0 }
    const before = [pngChunk('sBIT', [12])]
    expect([...readPng(pngOf([0, 2048, 4095], { ...deep, before }), inflate).data]).toEqual([0, 128, 255])
    expect([...readPng(pngOf([0, 2048, 4095], deep), inflate).data]).toEqual([0, 8, 16])
    expect([...readPng(pngOf([0, 32768, 65535], { ...deep, before }), inflate).data]).toEqual([0, 128, 255])
  })
})
