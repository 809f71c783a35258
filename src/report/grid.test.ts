import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageGrid, intensityRange, pairedGrid, type Raster } from './grid.ts'

const images = (
  count: number,
  channels: number,
  height: number,
  width: number,
  value = (i: number) => i % 256,
) => ({
  data: Uint8Array.from({ length: count * channels * height * width }, (_, i) => value(i)),
  shape: [count, channels, height, width],
})
const bytes = [0, 255] as const
const pixel = ({ data, width, channels }: Raster, x: number, y: number) => [
  ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
]

describe('imageGrid', () => {
  test('every pixel of every image comes back from its cell, in every layout', () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 1, max: 9 }),
          channels: fc.constantFrom(1, 3),
          height: fc.integer({ min: 1, max: 9 }),
          width: fc.integer({ min: 1, max: 9 }),
          columns: fc.integer({ min: 1, max: 12 }),
          gap: fc.integer({ min: 0, max: 3 }),
          leastCell: fc.integer({ min: 1, max: 30 }),
          background: fc.constantFrom<number | 'transparent'>(7, 'transparent'),
        }),
        ({ count, channels, height, width, ...options }) => {
          const source = images(count, channels, height, width)
          const raster = imageGrid(source, { range: bytes, ...options })
          const scale = Math.max(1, Math.ceil(options.leastCell / Math.max(height, width)))
          const columns = Math.min(count, options.columns)
          const rows = Math.ceil(count / columns)
          expect(raster.width).toBe(columns * width * scale + (columns - 1) * options.gap)
          expect(raster.height).toBe(rows * height * scale + (rows - 1) * options.gap)
          expect(raster.channels).toBe(options.background === 'transparent' ? channels + 1 : channels)
          for (let i = 0; i < count; i++)
            for (let y = 0; y < height * scale; y++)
              for (let x = 0; x < width * scale; x++) {
                const wanted = Array.from(
                  { length: channels },
                  (_, c) =>
                    source.data[
                      ((i * channels + c) * height + Math.floor(y / scale)) * width + Math.floor(x / scale)
                    ],
                )
                const left = (i % columns) * (width * scale + options.gap)
                const top = Math.floor(i / columns) * (height * scale + options.gap)
                expect(pixel(raster, left + x, top + y)).toEqual(
                  options.background === 'transparent' ? [...wanted, 255] : wanted,
                )
              }
        },
      ),
      { numRuns: 40 },
    )
  })

  test('small images are enlarged by a whole factor to 28 pixels or more; large ones stay', () => {
    expect(imageGrid(images(1, 1, 8, 8), { range: bytes })).toMatchObject({ width: 32, height: 32 })
    expect(imageGrid(images(1, 1, 28, 28), { range: bytes })).toMatchObject({ width: 28, height: 28 })
    expect(imageGrid(images(1, 1, 64, 40), { range: bytes })).toMatchObject({ width: 40, height: 64 })
  })

  test('gaps and missing cells show the background', () => {
    const white = imageGrid(
      images(3, 1, 2, 2, () => 0),
      { range: bytes, columns: 2, gap: 1, leastCell: 2 },
    )
    expect(pixel(white, 2, 0)).toEqual([255])
    expect(pixel(white, 4, 4)).toEqual([255])
    const clear = imageGrid(images(3, 1, 2, 2), {
      range: bytes,
      columns: 2,
      gap: 1,
      leastCell: 2,
      background: 'transparent',
    })
    expect(pixel(clear, 4, 4)).toEqual([0, 0])
  })

  test('values stretch from the range to black and white, and stop there', () => {
    const data = Float32Array.of(-3, -1, 0, 1, 9)
    const { data: grey } = imageGrid({ data, shape: [1, 1, 1, 5] }, { range: [-1, 1], leastCell: 1 })
    expect([...grey]).toEqual([0, 0, 128, 255, 255])
    const flat = imageGrid({ data, shape: [1, 1, 1, 5] }, { range: [2, 2], leastCell: 1 })
    expect(flat.data.every((value) => value === 0)).toBe(true)
  })

  test('refuses what is not images', () => {
    expect(() =>
      imageGrid({ data: new Float32Array(6), shape: [2, 3] }, { range: [0, 1] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: rows of shape [2, 3] for a picture; wanted [n, channels, height, width] with 1 or 3 channels. Fix: write tables as .csv or .npy. [report/not-images]]`,
    )
    expect(() => imageGrid(images(1, 2, 2, 2), { range: bytes })).toThrow('report/not-images')
  })
})

test('pairedGrid sets each row of the second beneath its row of the first', () => {
  const upper = images(3, 1, 1, 1, (i) => i + 1)
  const lower = images(3, 1, 1, 1, (i) => 10 * (i + 1))
  const { data, width, height } = pairedGrid(upper, lower, { range: bytes, columns: 2, gap: 0, leastCell: 1 })
  expect([width, height]).toEqual([2, 4])
  expect([...data]).toEqual([1, 2, 10, 20, 3, 255, 30, 255])
})

test.each([
  ['uint8', [3, 9], [0, 255]],
  ['float32', [0.2, 0.9], [0, 1]],
  ['float32', [-1, 1], [-1, 1]],
  ['float32', [0, 255], [0, 255]],
] as const)('black and white of %s data %j are %j', (dtype, values, range) => {
  expect(intensityRange(dtype, values)).toEqual(range)
})
