import { beforeAll, describe, expect, test } from 'vitest'
import { crc32 } from '../../base/crc32.ts'
import type { Dataset } from '../dataset.ts'
import { factorsOf } from '../factors.ts'
import { nodeHost } from '../node/disk.ts'
import { dsprites } from './dsprites.ts'
import { outlines } from './dsprites-shapes.ts'

const SIDE = 64
const PIXELS = SIDE * SIDE
const LEVELS = { shape: 3, scale: 6, orientation: 40, posX: 32, posY: 32 }
type Level = Record<keyof typeof LEVELS, number>

/** The order of dSprites' own file. */
const indexOf = ({ shape, scale, orientation, posX, posY }: Level): number =>
  (((shape * 6 + scale) * 40 + orientation) * 32 + posX) * 32 + posY

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

let dataset: Dataset
beforeAll(async () => {
  dataset = await dsprites.load(nodeHost)
})

const draw = async (indices: number[]): Promise<Uint8Array[]> => {
  const { data } = await dataset.read(indices)
  return indices.map((_, row) => (data as Uint8Array).slice(row * PIXELS, (row + 1) * PIXELS))
}
const image = async (level: Level): Promise<Uint8Array> => (await draw([indexOf(level)]))[0]
const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
const areaOf = (pixels: Uint8Array): number => pixels.reduce((sum, pixel) => sum + pixel, 0)

/** Every sprite once, in the middle. */
const sprites: Level[] = range(3).flatMap((shape) =>
  range(6).flatMap((scale) =>
    range(40).map((orientation) => ({ shape, scale, orientation, posX: 15, posY: 16 })),
  ),
)

test('says that it is like dSprites, with the factors of dSprites in their order', () => {
  expect(dataset).toMatchObject({
    name: 'dSprites-like',
    count: 737_280,
    exampleShape: [1, SIDE, SIDE],
    dtype: 'uint8',
    factors: {
      names: ['color', 'shape', 'scale', 'orientation', 'posX', 'posY'],
      levels: [1, 3, 6, 40, 32, 32],
    },
  })
  const level = { shape: 2, scale: 4, orientation: 37, posX: 5, posY: 30 }
  const { names, levels, values } = factorsOf(dataset, [0, indexOf(level), 737_279])
  expect(names).toEqual(Object.keys(LEVELS))
  expect(levels).toEqual(Object.values(LEVELS))
  expect([...values]).toEqual([0, 0, 0, 0, 0, ...Object.values(level), 2, 5, 39, 31, 31])
  expect([0, 245_759, 245_760, 737_279].map((row) => dataset.labels?.[row])).toEqual([0, 0, 1, 2])
})

test('every index has its image, in zeros and ones', async () => {
  for (const pixels of await draw(range(1000).map((i) => (i * 184_321 + 737_279) % 737_280))) {
    expect(pixels.every((pixel) => pixel <= 1)).toBe(true)
    expect(areaOf(pixels)).toBeGreaterThan(100)
  }
})

test('an image depends on its index alone, and is the same everywhere', async () => {
  const indices = range(720).map((sprite) => sprite * 1024 + ((sprite * 37) % 1024))
  const all = await draw(indices)
  const alone = await draw([indices[500]])
  expect(isSame(alone[0], all[500])).toBe(true)
  // Found once; any other engine has to come to it.
  expect(all.reduce((crc, pixels) => crc32(pixels, crc), 0)).toMatchInlineSnapshot(`170217626`)
})

describe.each(outlines.map(({ name }, shape) => ({ name, shape })))('$name', ({ shape }) => {
  test.each(range(6))('has its area at scale level %i', async (scale) => {
    const wanted = outlines[shape].area * ((5 + scale) / 10) ** 2
    const drawn = await draw(
      range(40).map((orientation) => indexOf({ shape, scale, orientation, posX: 3, posY: 29 })),
    )
    const areas = drawn.map(areaOf)
    expect(Math.abs(areas.reduce((sum, area) => sum + area) / 40 / wanted - 1)).toBeLessThan(0.005)
    for (const area of areas) expect(Math.abs(area / wanted - 1)).toBeLessThan(0.06)
  })

  test('has the area of its outline', () => {
    let inside = 0
    const step = 0.05
    for (let x = -16; x < 16; x += step)
      for (let y = -16; y < 16; y += step) inside += Number(outlines[shape].contains(x, y))
    expect(inside * step * step).toBeCloseTo(outlines[shape].area, 0)
  })

  test('turns around its centroid', async () => {
    const drawn = await draw(
      range(39).map((orientation) => indexOf({ shape, scale: 5, orientation, posX: 15, posY: 16 })),
    )
    const mean = (coordinate: (at: number) => number) => {
      const sums = drawn.map((pixels) => pixels.reduce((sum, pixel, at) => sum + pixel * coordinate(at), 0))
      return sums.map((sum, row) => sum / areaOf(drawn[row]))
    }
    // A quarter of a pixel off the middle of pixels 16 + 15 and 16 + 16.
    for (const [found, wanted] of [
      [mean((at) => at % SIDE), 31.25],
      [mean((at) => Math.floor(at / SIDE)), 32.25],
    ] as const)
      for (const at of found) expect(Math.abs(at - wanted)).toBeLessThan(0.35)
  })
})

test('every sprite stays whole in every corner', async () => {
  const at = (posX: number, posY: number) => draw(sprites.map((level) => indexOf({ ...level, posX, posY })))
  const edge = range(SIDE).flatMap((i) => [i, PIXELS - SIDE + i, i * SIDE, i * SIDE + SIDE - 1])
  const middle = await at(15, 16)
  const corners = [0, 31].flatMap((posX) => [0, 31].map((posY) => ({ posX, posY })))
  for (const { posX, posY } of corners) {
    const by = (posY - 16) * SIDE + posX - 15
    const moved = await at(posX, posY)
    for (const [sprite, pixels] of middle.entries()) {
      const expected = new Uint8Array(PIXELS)
      for (let place = 0; place < PIXELS; place++) if (pixels[place]) expected[place + by] = 1
      expect(isSame(moved[sprite], expected)).toBe(true)
      // Black edges: nothing went around one.
      expect(edge.every((place) => moved[sprite][place] === 0)).toBe(true)
    }
  }
})

test('every step of every factor changes the picture', async () => {
  for (const factor of Object.keys(LEVELS) as (keyof Level)[])
    for (const level of sprites) {
      const next = (level[factor] + 1) % LEVELS[factor]
      if (factor === 'orientation' && level.orientation === 39) continue
      expect(isSame(await image({ ...level, [factor]: next }), await image(level))).toBe(false)
    }
})

test('the last orientation is the first', async () => {
  for (const shape of range(3)) {
    const level = { shape, scale: 3, orientation: 0, posX: 9, posY: 9 }
    expect(await image({ ...level, orientation: 39 })).toEqual(await image(level))
    expect(await image({ ...level, orientation: 38 })).not.toEqual(await image(level))
  }
})

test('the sprites are all different, but for three small squares and the last orientation', async () => {
  const drawn = await draw(sprites.filter(({ orientation }) => orientation < 39).map(indexOf))
  expect(new Set(drawn.map((pixels) => pixels.join(''))).size).toBe(3 * 6 * 39 - 3)
})
