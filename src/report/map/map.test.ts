import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { everyCombination } from '../../data/factors.ts'
import { encodePng } from '../png.ts'
import { coloringOf } from './coloring.ts'
import { coloredSets, latentMap } from './latent-map.ts'
import { MANIFOLD_SIDE, manifold } from './manifold.ts'
import { mapPage } from './page.ts'
import { mapRaster } from './raster.ts'
import { mapSvg } from './svg.ts'

const nasty = `<b onload="x">&'`
const codes = (latent: number, count = 30): NDArray => ({
  data: Float32Array.from({ length: count * latent }, (_, i) => Math.sin(i * i) * ((i % latent) + 1)),
  shape: [count, latent],
})
const levels = (count: number) => ({ name: nasty, values: Array.from({ length: 30 }, (_, i) => i % count) })

test('a code of two dimensions is its own map', async () => {
  const { points, axes } = await latentMap(codes(2))
  expect(axes).toEqual(['z0', 'z1'])
  expect([...points.data]).toEqual([...codes(2).data])
})

test('what cannot be mapped is refused', async () => {
  const told = await Promise.all(
    [latentMap(codes(1)), latentMap(codes(3), { by: 'magic' }), manifold({ latent: 3 } as never)].map(
      (asked) =>
        Promise.resolve(asked).then(
          () => 'nothing',
          (error: Error) => error.message,
        ),
    ),
  )
  expect(`\n${told.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    a map of a code of one dimension; wanted a code of at least two. Fix: traverse it, or write its codes with: betavae encode. [map/flat]
    a map by "magic"; wanted pca, umap. Fix: name one of those. [map/projection]
    a grid over a code of 3 dimensions; wanted a code of two. Fix: train with --latent 2, or look along single dimensions with: betavae traverse. [map/manifold]
    "
  `)
})

test('few levels are classes with names, many a ramp, one nothing', async () => {
  const few = coloredSets(await latentMap(codes(2), { coloring: levels(3) }))
  expect(few.sets.map(({ name, tone, points }) => [name, tone, points.length])).toEqual([
    ['0', 'class-0', 10],
    ['1', 'class-1', 10],
    ['2', 'class-2', 10],
  ])
  expect(few.legend).toMatchObject({ title: nasty, isRamp: false })
  const many = coloredSets(await latentMap(codes(2), { coloring: levels(15) }))
  expect(many.legend).toMatchObject({ isRamp: true, entries: [{ name: '0' }, { name: '14' }] })
  expect(many.sets.flatMap(({ points }) => points)).toHaveLength(30)
  expect(many.sets.at(-1)).toMatchObject({ tone: 'level-15' })
  const one = coloredSets(await latentMap(codes(2), { coloring: levels(1) }))
  expect(one.sets).toHaveLength(1)
  expect(one.legend).toBeUndefined()
})

test.each([3, 15])('files stand alone and escape what is put into them: %i levels', async (count) => {
  const map = await latentMap(codes(4), { coloring: levels(count) })
  const svg = mapSvg(map, nasty)
  const page = mapPage({ map, title: nasty, rows: Array.from({ length: 30 }, (_, i) => i) })
  for (const text of [svg, page]) {
    expect(text).not.toContain('<b onload')
    expect(text).toContain('&#60;b onload')
    expect(text).toContain('% of variance')
    expect(text.replace('http://www.w3.org/2000/svg', '').match(/https?:|url\(|NaN|undefined/g)).toBeNull()
  }
  expect(svg.match(/h0/g)).toHaveLength(30)
  expect(page).toMatch(/29\t[^"]/)
})

test('a picture has dots in the colors of its classes', async () => {
  const data = Float32Array.of(0, 0, 1, 0, 0, 1, 4, 4, 5, 4, 4, 5)
  const coloring = { name: 'class', values: [0, 0, 0, 1, 1, 1] }
  const map = await latentMap({ data, shape: [6, 2] }, { coloring })
  const { width, data: pixels } = decode(encodePng(mapRaster(map, 'two')))
  const near = (color: readonly number[]) => {
    const found: number[][] = []
    for (let at = 0; at < pixels.length; at += 3)
      if (color.every((value, c) => Math.abs(pixels[at + c] - (value * 0.75 + 255 * 0.25)) < 2))
        found.push([(at / 3) % width, Math.floor(at / 3 / width)])
    // The legend is at the right.
    return found.filter(([x]) => x < 1290)
  }
  const [first, second] = [near([0x18, 0x8a, 0xfc]), near([0xae, 0x60, 0x00])]
  // Its name hides most of a dot.
  expect(Math.min(first.length, second.length)).toBeGreaterThan(100)
  // z0 grows to the right, z1 upward.
  expect(first[0][0]).toBeLessThan(second[0][0])
  expect(first[0][1]).toBeGreaterThan(second[0][1])
})

test('the grid of codes goes by quantiles, z0 to the right and z1 upward', async () => {
  const seen: NDArray[] = []
  await manifold({
    latent: 2,
    spread: async () => ({ mean: Float64Array.of(1, 0), deviation: Float64Array.of(2, 1) }),
    decode: async (given) => {
      seen.push(given)
      return { data: Float32Array.from(given.data), shape: given.shape }
    },
  })
  const { data, shape } = seen[0]
  expect(shape).toEqual([MANIFOLD_SIDE ** 2, 2])
  // The 2.5 % quantile of N(0, 1) is −1.95996.
  expect(data[0]).toBeCloseTo(1 - 2 * 1.95996, 4)
  expect(data[1]).toBeCloseTo(1.95996, 4)
  expect(data[data.length - 2]).toBeCloseTo(1 + 2 * 1.95996, 4)
  expect(data[data.length - 1]).toBeCloseTo(-1.95996, 4)
})

test('colors are the class, or the first factor of several levels, or the one that is named', () => {
  const factors = everyCombination({ color: 1, shape: 2, size: 3 })
  const rows = [0, 1, 2, 3, 4, 5]
  expect(coloringOf({ name: 'd', factors }, rows)).toMatchObject({
    name: 'shape',
    values: Int32Array.of(0, 0, 0, 1, 1, 1),
  })
  expect(coloringOf({ name: 'd', factors }, rows, 'size')?.values).toEqual(Int32Array.of(0, 1, 2, 0, 1, 2))
  expect(coloringOf({ name: 'd', labels: Int32Array.of(2, 1, 0) }, [0, 2])).toMatchObject({ name: 'class' })
  expect(coloringOf({ name: 'd' }, rows)).toBeUndefined()
  expect(() => coloringOf({ name: 'd', factors }, rows, 'hue')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: colors by "hue", which is not known of the rows of "d"; wanted shape, size. Fix: name one of those. [map/factor]]`,
  )
  expect(() => coloringOf({ name: 'd' }, rows, 'hue')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: colors by "hue", which is not known of the rows of "d"; wanted data with classes or factors. Fix: name a column of class numbers with --label, or save an .npz with "factors" [N, K]. [map/factor]]`,
  )
})
