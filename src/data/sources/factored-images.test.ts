import { describe, expect, test } from 'vitest'
import { factorsOf } from '../factors.ts'
import { discs } from './discs.ts'
import { dsprites } from './dsprites.ts'
import { factoredImages } from './factored-images.ts'
import { drawSprite, spriteOf } from './sprite.ts'

const nowhere = { packageFolder: async () => undefined }
const factors = { a: 2, b: 3, c: 4 }
/** Each image has as many ones as its levels say, behind each other from its first pixel. */
const about = {
  ...{ name: 'bars', side: 3, factors },
  draw(levels: Int32Array, at: number, canvas: Uint8Array, start: number) {
    canvas.fill(1, start, start + levels[at] + levels[at + 1] + levels[at + 2])
  },
}
const every = Array.from({ length: 24 }, (_, i) => [Math.floor(i / 12), Math.floor(i / 4) % 3, i % 4])

describe('images drawn from their factors', () => {
  test('are every combination of levels, the last factor varying fastest', async () => {
    const dataset = factoredImages(about)
    expect(dataset).toMatchObject({
      ...{ name: 'bars', count: 24, exampleShape: [1, 3, 3], dtype: 'uint8', areBits: true },
      defaults: { binarize: 'none', likelihood: 'bernoulli', scaling: 'none', latent: 10 },
    })
    const order = [23, 0, 7, 7, 12]
    const { data, shape } = await dataset.read(order)
    expect(shape).toEqual([5, 1, 3, 3])
    expect([...data]).toEqual(
      order.flatMap((i) => {
        const ones = every[i].reduce((a, b) => a + b)
        return Array.from({ length: 9 }, (_, pixel) => (pixel < ones ? 1 : 0))
      }),
    )
    expect([...factorsOf(dataset, order).values]).toEqual(order.flatMap((i) => every[i]))
  })

  test.each(['a', 'b', 'c'])('have the levels of factor %s for classes, if that is their label', (label) => {
    const place = Object.keys(factors).indexOf(label)
    expect(factoredImages({ ...about, label }).labels).toEqual(
      Int32Array.from(every, (levels) => levels[place]),
    )
  })

  test('have no classes otherwise', () => {
    expect(factoredImages(about)).not.toHaveProperty('labels')
  })
})

test('a disc has no class, one like dSprites has that of its shape', async () => {
  expect(await discs.load(nowhere)).not.toHaveProperty('labels')
  const { labels, count } = await dsprites.load(nowhere)
  const each = count / 3
  expect([0, each - 1, each, 2 * each - 1, 2 * each, count - 1].map((i) => labels?.[i])).toEqual([
    0, 0, 1, 1, 2, 2,
  ])
  expect(labels).toHaveLength(count)
})

describe('a sprite', () => {
  /** A shape of no order at all. */
  const isInside = (x: number, y: number) => (x * x * 7 + y * y * 3 + x * y * 5 + x + 50) % 3 === 0

  test('has the pixels of its shape within its reach, and draws no others', () => {
    const [width, reach] = [12, 4]
    for (const contains of [
      isInside,
      () => true,
      () => false,
      (x: number) => x === 4,
      (x: number) => x === -4,
    ]) {
      const canvas = new Uint8Array(width * width)
      drawSprite(spriteOf(width, reach, contains), canvas, 6 * width + 5)
      const wanted = Array.from({ length: width * width }, (_, at) => {
        const [x, y] = [(at % width) - 5, Math.floor(at / width) - 6]
        return Math.abs(x) <= reach && Math.abs(y) <= reach && contains(x, y) ? 1 : 0
      })
      expect([...canvas]).toEqual(wanted)
    }
  })

  test('is runs, of which each is as long as can be', () => {
    expect(spriteOf(10, 1, () => true)).toEqual(Int32Array.of(-11, -8, -1, 2, 9, 12))
    expect(spriteOf(10, 1, (x) => x !== 0)).toEqual(
      Int32Array.of(-11, -10, -9, -8, -1, 0, 1, 2, 9, 10, 11, 12),
    )
  })
})
