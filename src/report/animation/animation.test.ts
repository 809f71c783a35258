import { decode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { fillBits, streams } from '../../base/random.ts'
import { pngChunk } from '../../data/formats/png.testing.ts'
import type { Raster } from '../grid.ts'
import { pingPong } from './animation.ts'
import { encodeApng } from './apng.ts'
import { showGif, unpackLzw } from './gif.testing.ts'
import { encodeGif } from './gif.ts'
import { lzw } from './lzw.ts'

const SIZE = { width: 37, height: 23 } as const

/** Noise of some levels, another for each frame. */
function noise(channels: 1 | 3, frame: number, levels: number): Raster {
  const bits = fillBits(new Uint32Array(SIZE.width * SIZE.height * channels), {
    seed: frame,
    stream: streams.prior,
    step: 0,
  })
  const data = Uint8Array.from(bits, (word) => Math.round(((word >>> 8) % levels) * (255 / (levels - 1))))
  return { ...SIZE, channels, data }
}

const frames = (channels: 1 | 3, levels: number) => [0, 1, 2].map((frame) => noise(channels, frame, levels))

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

function chunksOf(file: Uint8Array): Chunk[] {
  const view = new DataView(file.buffer, file.byteOffset)
  const chunks: Chunk[] = []
  for (let at = 8; at < file.length; at += view.getUint32(at) + 12)
    chunks.push({
      type: String.fromCharCode(...file.subarray(at + 4, at + 8)),
      data: file.subarray(at + 8, at + 8 + view.getUint32(at)),
    })
  return chunks
}

const number = (data: Uint8Array, at: number) => new DataView(data.buffer, data.byteOffset).getUint32(at)

test('there and back, the ends once', () => {
  expect(pingPong([1, 2, 3, 4])).toEqual([1, 2, 3, 4, 3, 2])
  expect(pingPong([1])).toEqual([1])
})

describe.each([1, 3] as const)('an animated PNG of %i channels', (channels) => {
  const drawn = frames(channels, 256)
  const file = encodeApng({ frames: drawn, framesPerSecond: 8 })
  const chunks = chunksOf(file)

  test('is its first frame to whoever knows no animations', () => {
    const { width, height, data } = decode(file)
    expect({ width, height }).toEqual(SIZE)
    expect(data).toEqual(drawn[0].data)
  })

  test('has its chunks in order, numbered in one sequence', () => {
    expect(chunks.map(({ type }) => type)).toEqual([
      'IHDR',
      'acTL',
      'fcTL',
      'IDAT',
      'fcTL',
      'fdAT',
      'fcTL',
      'fdAT',
      'IEND',
    ])
    expect([number(chunks[1].data, 0), number(chunks[1].data, 4)]).toEqual([3, 0])
    const numbered = chunks.filter(({ type }) => type === 'fcTL' || type === 'fdAT')
    expect(numbered.map(({ data }) => number(data, 0))).toEqual([0, 1, 2, 3, 4])
  })

  test('holds every frame, an eighth of a second each', () => {
    const [header] = chunks
    const controls = chunks.filter(({ type }) => type === 'fcTL')
    for (const { data } of controls) {
      const view = new DataView(data.buffer, data.byteOffset)
      expect(view.getUint16(20) / view.getUint16(22)).toBe(1 / 8)
    }
    const samples = chunks.filter(({ type }) => type === 'fdAT')
    samples.forEach(({ data }, i) => {
      // A frame by itself is a PNG of the same header and its samples.
      const alone = Uint8Array.from([
        ...file.subarray(0, 8),
        ...pngChunk('IHDR', header.data),
        ...pngChunk('IDAT', data.subarray(4)),
        ...pngChunk('IEND', []),
      ])
      expect(decode(alone).data).toEqual(drawn[i + 1].data)
    })
  })
})

/** Greatest difference between what is shown and what was drawn. */
function worst(shown: readonly Uint8Array[], drawn: readonly Raster[]): number {
  const differences = drawn.flatMap(({ data, channels }, frame) =>
    Array.from(shown[frame], (value, at) => Math.abs(value - data[channels === 1 ? Math.floor(at / 3) : at])),
  )
  return differences.reduce((a, b) => Math.max(a, b))
}

describe('a GIF', () => {
  test('shows few colors as they are, for ever, at its pace', () => {
    const drawn = frames(3, 6)
    const {
      frames: shown,
      delays,
      endless,
      ...size
    } = showGif(encodeGif({ frames: drawn, framesPerSecond: 12 }))
    expect(size).toEqual(SIZE)
    expect(endless).toBe(true)
    expect(delays).toEqual([8, 8, 8])
    expect(worst(shown, drawn)).toBe(0)
  })

  test('shows 256 greys to within 1 %', () => {
    const drawn = frames(1, 256)
    expect(
      worst(showGif(encodeGif({ frames: drawn, framesPerSecond: 12 })).frames, drawn),
    ).toBeLessThanOrEqual(3)
  })

  test('brings many colors down to the nearest it has', () => {
    const drawn = frames(3, 256)
    const { frames: shown } = showGif(encodeGif({ frames: drawn, framesPerSecond: 12 }))
    // 255 boxes of about 2,500 colors of noise in a cube: about 6 a side.
    expect(worst(shown, drawn)).toBeLessThan(64)
    expect(worst([shown[1], shown[0], shown[2]], drawn)).toBeGreaterThan(128)
  })

  test('a slow change adds up until it is drawn', () => {
    const drawn = Array.from(
      { length: 20 },
      (_, i): Raster => ({
        width: 2,
        height: 1,
        channels: 1,
        data: Uint8Array.of(100 + i, 50),
      }),
    )
    expect(worst(showGif(encodeGif({ frames: drawn, framesPerSecond: 12 })).frames, drawn)).toBe(2)
  })
})

test.each([1, 2, 255, 3000, 70_000])('%i bytes are packed and come back', (length) => {
  const random = fillBits(new Uint32Array(length), { seed: length, stream: streams.prior, step: 0 })
  for (const levels of [1, 2, 256]) {
    const bytes = Uint8Array.from(random, (word) => (word >>> 8) % levels)
    expect(unpackLzw(lzw(bytes), length)).toEqual(bytes)
  }
})

test('frames that cannot follow one another are refused', () => {
  const [first] = frames(1, 256)
  const refused = [
    { frames: [], framesPerSecond: 12 },
    { frames: [first, { ...first, width: 1 }], framesPerSecond: 12 },
    { frames: [first], framesPerSecond: 0 },
  ]
  const told = refused.flatMap((animation) =>
    [encodeGif, encodeApng].map((encode) => {
      try {
        encode(animation)
        return 'nothing'
      } catch (error) {
        return (error as Error).message
      }
    }),
  )
  expect(`\n${[...new Set(told)].join('\n')}\n`).toMatchInlineSnapshot(`
    "
    an animation without a frame; wanted at least one frame, all of one width, height and number of channels. Fix: draw all frames alike. [report/frames]
    frames of different sizes or kinds of pixel; wanted at least one frame, all of one width, height and number of channels. Fix: draw all frames alike. [report/frames]
    0 frames a second; wanted a number above 0 and at most 50, which is what viewers show. Fix: give for example 12. [report/pace]
    "
  `)
})
