import { expect, test } from 'vitest'
import type { DecodedImage, Host } from '../host.ts'
import { openImages } from './images.ts'

/** Decodes images that are `width` × `height`, and counts how many of them lie in memory whole at the same time. */
function camera(width: number, height: number, pixel: readonly number[]) {
  let open = 0
  const seen = { most: 0 }
  const image: Host['image'] = async (file, side) => {
    seen.most = Math.max(seen.most, ++open)
    await new Promise((resolve) => setTimeout(resolve))
    open--
    if (file.name.startsWith('broken')) throw new Error('no image')
    const [w, h] = side === undefined ? [width, height] : [side, side]
    // As large as it says, without the memory: what is looked at are its first pixels.
    const rgba = Uint8ClampedArray.from(
      { length: side === undefined ? 16 : w * h * 4 },
      (_, i) => pixel[i % 4],
    )
    return { width: w, height: h, rgba } satisfies DecodedImage
  }
  return { host: { candidates: [], image, post: () => {} } as unknown as Host, seen }
}

const photos = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const name = i === 3 ? 'broken.jpg' : `${i}.jpg`
    return { file: new File([], name), path: name }
  })

test('photos are decoded one after another, since each takes hundreds of megabytes', async () => {
  const { host, seen } = camera(8000, 6000, [9, 8, 7, 255])
  const { dataset } = await openImages(photos(20), host)
  expect(seen.most).toBe(1)
  expect(dataset.count).toBe(19)
  expect(dataset.exampleShape).toEqual([3, 32, 32])
})

test('small images are decoded several at once, as large as the shortest side of them', async () => {
  const { host, seen } = camera(50, 40, [9, 9, 9, 255])
  const { dataset } = await openImages(photos(20), host)
  expect(seen.most).toBe(16)
  expect(dataset.exampleShape).toEqual([1, 40, 40])
})
