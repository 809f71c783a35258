import { symlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from './images.testing.ts'
import { listImages } from './list.ts'

const empty = (...names: string[]) => folderOf(Object.fromEntries(names.map((name) => [name, ''])))

test('images in the order of their names, and nothing else', async () => {
  const path = await empty('b.png', 'a10.JPG', 'a2.jpeg', 'Z.webp', '.hidden.png', 'notes.txt', '.git/x.png')
  expect(await listImages(path)).toEqual({ train: { files: ['Z.webp', 'a10.JPG', 'a2.jpeg', 'b.png'] } })
})

test('subfolders are classes, numbered by their names; those without images are none', async () => {
  const path = await empty('dog/1.png', 'cat/2.png', 'cat/1.png', 'empty/notes.txt', 'ant/deep/1.png')
  expect(await listImages(path)).toEqual({
    train: { files: ['cat/1.png', 'cat/2.png', 'dog/1.png'], labels: Int32Array.of(0, 0, 1) },
    classes: ['cat', 'dog'],
  })
})

test('train, val and test are sets with the same classes', async () => {
  const path = await empty(
    'train/dog/1.png',
    'train/cat/1.png',
    'test/dog/1.png',
    'val/cat/1.png',
    'other/1.png',
  )
  expect(await listImages(path)).toEqual({
    train: { files: ['train/cat/1.png', 'train/dog/1.png'], labels: Int32Array.of(0, 1) },
    validation: { files: ['val/cat/1.png'], labels: Int32Array.of(0) },
    test: { files: ['test/dog/1.png'], labels: Int32Array.of(1) },
    classes: ['cat', 'dog'],
  })
  expect(await listImages(await empty('train/1.png', 'validation/2.png'))).toEqual({
    train: { files: ['train/1.png'] },
    validation: { files: ['validation/2.png'] },
  })
  expect(await listImages(await empty('train/1.png', 'test/1.png'))).toEqual({
    train: { files: ['train/1.png'] },
    test: { files: ['test/1.png'] },
  })
})

test('links are what they lead to', async () => {
  const path = await empty('cat/1.png')
  await symlink(join(path, 'cat'), join(path, 'dog'))
  await symlink(join(path, 'nowhere'), join(path, 'ape'))
  expect((await listImages(path))?.train.files).toEqual(['cat/1.png', 'dog/1.png'])
})

test('no images, no list', async () => {
  expect(await listImages(await empty('notes.txt', 'train/notes.txt'))).toBeUndefined()
})

test('images both in a folder and in its subfolders are refused', async () => {
  const path = await empty('1.png', 'cat/1.png')
  const error = await listImages(path).catch((caught: Error) => caught)
  expect((error as Error).message.replaceAll(basename(path), 'photos')).toMatchInlineSnapshot(
    `"images both in "photos" and in its subfolder "cat"; wanted all in the folder, or all in subfolders, one for each class. Fix: move them, or name one of the subfolders. [data/image-folder]"`,
  )
})
