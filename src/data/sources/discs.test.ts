import { expect, test } from 'vitest'
import { crc32 } from '../../base/crc32.ts'
import { factorsOf } from '../factors.ts'
import { nodeHost } from '../node/disk.ts'
import { discs } from './discs.ts'

const SIDE = 16
const PIXELS = SIDE * SIDE

async function everything(): Promise<{ images: Uint8Array[]; values: Int32Array; all: Uint8Array }> {
  const dataset = await discs.load(nodeHost)
  const indices = Array.from({ length: dataset.count }, (_, row) => row)
  const all = (await dataset.read(indices)).data as Uint8Array
  const { names, levels, values } = factorsOf(dataset, indices)
  expect({ names, levels }).toEqual({ names: ['posX', 'posY', 'size'], levels: [17, 17, 6] })
  return { images: indices.map((row) => all.subarray(row * PIXELS, (row + 1) * PIXELS)), values, all }
}

test('1,734 binary images, all different', async () => {
  const { images, all } = await everything()
  expect(images).toHaveLength(1734)
  expect(new Set(all)).toEqual(new Set([0, 1]))
  expect(new Set(images.map((pixels) => pixels.join(''))).size).toBe(1734)
  expect(crc32(all)).toMatchInlineSnapshot(`212570731`)
})

test('the middle of each disc is where its factors say, and its area grows with its size', async () => {
  const { images, values } = await everything()
  for (const [row, pixels] of images.entries()) {
    const [posX, posY, size] = values.subarray(row * 3)
    const area = pixels.reduce((sum, pixel) => sum + pixel, 0)
    const mean = (coordinate: (at: number) => number) =>
      pixels.reduce((sum, pixel, at) => sum + pixel * coordinate(at), 0) / area
    expect(mean((at) => at % SIDE)).toBeCloseTo(3.5 + posX / 2, 10)
    expect(mean((at) => Math.floor(at / SIDE))).toBeCloseTo(3.5 + posY / 2, 10)
    if (size > 0) expect(area).toBeGreaterThan(images[row - 1].reduce((sum, pixel) => sum + pixel, 0))
  }
})
