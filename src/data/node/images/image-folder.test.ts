import { rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../../base/crc32.ts'
import type { Dataset } from '../../dataset.ts'
import { pngOf } from '../../formats/png.testing.ts'
import { openImageFolder } from './image-folder.ts'
import { folderOf, plain } from './images.testing.ts'

const open = async (path: string, options: { size?: number; channels?: 1 | 3; memory?: number } = {}) => {
  const dataset = await openImageFolder(path, { memory: 2 ** 20, ...options })
  if (!dataset) throw new Error('no images')
  return dataset
}

/** What goes wrong, with the folder's name made steady. */
async function complaint(path: string, work: () => unknown): Promise<string> {
  try {
    await work()
    return 'nothing'
  } catch (error) {
    return (error as Error).message.replaceAll(basename(path), 'photos')
  }
}

describe('openImageFolder', () => {
  test('an image too large to decode is named before any memory is taken', async () => {
    const bytes = plain(10)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    // Width and height stand behind the signature and the head of the first chunk, and their checksum at its end.
    for (const at of [16, 20]) view.setUint32(at, 20_000)
    view.setUint32(29, crc32(bytes.subarray(12, 29)))
    const path = await folderOf({ 'a.png': plain(10), 'b.png': bytes })
    expect(await complaint(path, () => open(path, { size: 8 }))).toMatch(
      /b\.png.*20000×20000 pixels; wanted at most 100000000 pixels\. .*\[image\/too-large\]/,
    )
  })

  test('rows are images in the order of their names, with their subfolders as classes', async () => {
    const path = await folderOf({ 'b/1.png': plain(30), 'a/2.png': plain(20), 'a/1.png': plain(10) })
    const dataset = await open(path)
    expect(dataset).toMatchObject({
      name: basename(path),
      count: 3,
      exampleShape: [1, 3, 4],
      dtype: 'uint8',
      labels: Int32Array.of(0, 0, 1),
      defaults: { likelihood: 'bernoulli', scaling: 'unit', binarize: 'none' },
    })
    const { data, shape } = await dataset.read([2, 0, 0, 1])
    expect(shape).toEqual([4, 1, 3, 4])
    expect([...data]).toEqual([30, 10, 10, 20].flatMap((level) => new Array(12).fill(level)))
  })

  test('one image in color makes all of them color; on demand all become grey', async () => {
    const path = await folderOf({ '1.png': plain(50), '2.png': plain(60, 3), '3.png': plain(70, 4) })
    const dataset = await open(path)
    expect(dataset.exampleShape).toEqual([3, 3, 4])
    expect((await dataset.read([0])).data).toEqual(new Uint8Array(36).fill(50))
    expect((await dataset.read([2])).data).toEqual(new Uint8Array(36).fill(Math.round((70 * 70) / 255)))
    const grey = await open(path, { channels: 1 })
    expect(grey.exampleShape).toEqual([1, 3, 4])
    expect((await grey.read([1])).data).toEqual(new Uint8Array(12).fill(60))
  })

  test('12 bits in 16 are scaled by what all images fill together, whether one says so or not', async () => {
    const form = { width: 3, height: 1, depth: 16, colorType: 0 }
    const dark = Array.from({ length: 300 }, (_, i) => [`d${i}.png`, pngOf([0, 16, 512], form)] as const)
    const path = await folderOf(Object.fromEntries([...dark, ['a.png', pngOf([0, 2048, 4095], form)]]))
    const { data } = await (await open(path)).read([0, 1])
    expect([...data]).toEqual([0, 128, 255, 0, 1, 32])
    const bright = await folderOf({
      '1.png': pngOf([0, 2048, 4095], form),
      '2.png': pngOf([0, 32_768, 65_535], form),
    })
    expect([...(await (await open(bright)).read([0, 1])).data]).toEqual([0, 8, 16, 0, 128, 255])
    const black = await folderOf({ '1.png': pngOf([0, 0, 0], form) })
    expect([...(await (await open(black)).read([0])).data]).toEqual([0, 0, 0])
  })

  test('an image that is brighter than those looked into is white', async () => {
    const form = { width: 2, height: 1, depth: 16, colorType: 0 }
    const all = Array.from({ length: 300 }, (_, i) => [
      `${1000 + i}.png`,
      pngOf([0, i === 1 ? 65_535 : 1000], form),
    ])
    const { data } = await (await open(await folderOf(Object.fromEntries(all)))).read([0, 1])
    expect([...data]).toEqual([0, 249, 0, 255])
  })

  test('16-bit, palette and bit images', async () => {
    const form = { width: 2, height: 1 }
    const path = await folderOf({
      '1.png': pngOf([0, 65_535], { ...form, depth: 16, colorType: 0 }),
      '2.png': pngOf([0, 1], { ...form, depth: 1, colorType: 0 }),
    })
    const { data } = await (await open(path)).read([0, 1])
    expect(data).toEqual(Uint8Array.of(0, 255, 0, 255))
  })

  test('images of any size become squares', async () => {
    const path = await folderOf({ '1.png': plain(50, 1, 9, 5), '2.png': plain(60, 1, 4, 30) })
    const dataset = await open(path, { size: 6 })
    expect(dataset.exampleShape).toEqual([1, 6, 6])
    const { data } = await dataset.read([1, 0])
    expect([...data]).toEqual([60, 50].flatMap((level) => new Array(36).fill(level)))
  })

  test('a test set comes along', async () => {
    const path = await folderOf({ 'train/1.png': plain(1), 'train/2.png': plain(2), 'test/1.png': plain(3) })
    const { count, test: held } = await open(path)
    expect([count, held?.count, held?.name]).toEqual([2, 1, `${basename(path)} test`])
    expect((await held?.read([0]))?.data[0]).toBe(3)
  })

  test('an image is told by what is in it, not by its name', async () => {
    const path = await folderOf({ '1.jpg': plain(5) })
    expect((await (await open(path)).read([0])).data[0]).toBe(5)
  })
})

describe('memory', () => {
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${1000 + i}.png`, plain(i)]))
  const all = Uint32Array.from({ length: 200 }, (_, i) => 199 - i)
  const levels = async (dataset: Dataset) =>
    (await dataset.read(all)).data.filter((_: number, i: number) => i % 12 === 0)

  test('images that fit are decoded once', async () => {
    const path = await folderOf(files)
    const dataset = await open(path, { memory: 200 * 12 })
    const wanted = Uint8Array.from(all)
    expect(await levels(dataset)).toEqual(wanted)
    for (const name of Object.keys(files)) await rm(join(path, name))
    expect(await levels(dataset)).toEqual(wanted)
  })

  test('of more, the first that fit', async () => {
    const path = await folderOf(files)
    const dataset = await open(path, { memory: 50 * 12 + 11 })
    await dataset.read(all)
    for (const name of Object.keys(files)) await rm(join(path, name))
    expect((await dataset.read([49, 0])).data[0]).toBe(49)
    await expect(dataset.read([50])).rejects.toThrow('1050.png: ')
  })

  test('rows that were named beforehand are decoded once, others whenever they are wanted', async () => {
    const path = await folderOf(files)
    const dataset = await open(path, { memory: 0 })
    dataset.prefetch?.([7])
    expect((await dataset.read([7])).data[0]).toBe(7)
    await rm(join(path, '1007.png'))
    await expect(dataset.read([7])).rejects.toThrow('[image/unreadable]')
  })
})

test('says what is wrong, and of which file', async () => {
  const path = await folderOf({ 'a/1.png': plain(1), 'a/2.png': plain(2) })
  const broken = plain(3)
  const opening = (name: string, content: Uint8Array | string, options = {}) =>
    complaint(path, async () => {
      await writeFile(join(path, name), content)
      await open(path, options).finally(() => rm(join(path, name)))
    })
  expect([
    await opening('a/3.png', plain(3, 1, 4, 4)),
    await opening('a/3.png', broken.subarray(0, 40)),
  ]).toMatchInlineSnapshot(`
    [
      "a/3.png has 4×4 pixels, a/1.png has 4×3; wanted images of one size. Fix: add --size 64 to crop and scale them all, or leave the odd ones out. [data/image-size]",
      "a/3.png: a PNG image that breaks off after 40 bytes; wanted IEND at its end. Fix: copy or save the image again, or leave it out. [png/torn]",
    ]
  `)
  for (const content of ['hello', ''])
    expect(await opening('a/3.png', content)).toMatch(/^a\/3\.png: .* \[image\/none\]$/)
  const trailing = Uint8Array.from([...broken, 1, 2, 3])
  expect(await opening('a/3.png', trailing)).toBe('nothing')

  const late = broken.slice()
  late[45] ^= 1
  await writeFile(join(path, 'a/3.png'), late)
  const dataset = await open(path, { memory: 0 })
  expect(await complaint(path, () => dataset.read([0, 1, 2]))).toMatchInlineSnapshot(
    `"a/3.png: a PNG image whose IDAT does not match its checksum; wanted an image as it was saved. Fix: copy or save the image again, or leave it out. [png/torn]"`,
  )
  await writeFile(join(path, 'a/3.png'), plain(3, 1, 5, 5))
  expect(await complaint(path, () => dataset.read([2]))).toMatchInlineSnapshot(
    `"a/3.png: an image of 5×5 pixels; wanted 4×3, as when the folder was opened. Fix: put the image back that was there. [data/image-size]"`,
  )
  await rm(join(path, 'a/3.png'))
  expect(await complaint(path, () => dataset.read([2]))).toMatchInlineSnapshot(
    `"a/3.png: a file that could not be read (ENOENT); wanted the images that were there when the folder was opened. Fix: put it back, or begin again without it. [image/unreadable]"`,
  )
})
