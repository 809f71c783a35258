import { expect, test } from 'vitest'
import { imageFolderOf } from './image-folder.ts'

test('images come in the order of their paths, the subfolders of their folder as classes', () => {
  expect(imageFolderOf(['pets/dog/1.png', 'pets/cat/2.png', 'pets/cat/1.png'])).toEqual({
    order: [2, 1, 0],
    name: 'pets',
    classes: ['cat', 'dog'],
    labels: Int32Array.of(0, 0, 1),
  })
})

test('a folder without subfolders has a name and no classes, files without a folder neither', () => {
  expect(imageFolderOf(['pets/b.png', 'pets/a.png'])).toEqual({ order: [1, 0], name: 'pets' })
  expect(imageFolderOf(['b.png', 'a.png'])).toEqual({ order: [1, 0] })
})

test('sets are no classes, what is in them is', () => {
  expect(imageFolderOf(['pets/train/a.png', 'pets/test/b.png'])).not.toHaveProperty('classes')
  const both = imageFolderOf(['pets/train/cat/a.png', 'pets/train/dog/b.png', 'pets/test/cat/c.png'])
  expect(both.classes).toEqual(['cat', 'dog'])
})

test('where some images are in a subfolder and others are not, there are no classes', () => {
  expect(imageFolderOf(['pets/cat/a.png', 'pets/b.png'])).not.toHaveProperty('classes')
})
