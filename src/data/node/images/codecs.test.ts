import { expect, test } from 'vitest'
import { planesOf } from '../../images/picture.ts'
import { codecOf } from './codecs.ts'
import { openImageFolder } from './image-folder.ts'
import { folderOf } from './images.testing.ts'

/**
 * 16×8 pixels stored, to be looked at turned right by a quarter: 8 × 16, where red rises by 16 from row to row and
 * green falls by 30 from column to column, and blue is 128.
 */
const photo = Buffer.from(
  '/9j/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgr/wAARCAAIABADAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAACP/EABoQAAAHAAAAAAAAAAAAAAAAAAAHCSYzQ1H/xAAVAQEBAAAAAAAAAAAAAAAAAAAHCf/EABsRAAEEAwAAAAAAAAAAAAAAAAcAASOhBSIx/9oADAMBAAIRAxEAPwA5lQl9G3cqCfmS32S0KjY5PpLaTJUJfRN3KgU5kt9ktUBGxyfSW1//2Q==',
  'base64',
)
test('JPEG', async () => {
  const codec = codecOf(photo)
  expect(await codec.size(photo, true)).toEqual({ width: 8, height: 16, isColor: true })
  const picture = await codec.decode(photo)
  expect(picture).toMatchObject({ width: 8, height: 16 })
  const wanted = [
    Array.from({ length: 128 }, (_, i) => 16 * Math.floor(i / 8)),
    Array.from({ length: 128 }, (_, i) => 210 - 30 * (i % 8)),
    new Array<number>(128).fill(128),
  ].flat()
  const got = planesOf(picture, 3)
  for (const [i, level] of wanted.entries()) expect(Math.abs(got[i] - level), `sample ${i}`).toBeLessThan(6)
  await expect(codec.decode(photo.subarray(0, 340))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a JPEG image that breaks off after 340 bytes; wanted a mark at its end. Fix: copy or save the image again, or leave it out. [jpeg/torn]]`,
  )
})

const webp = Buffer.from(
  'RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0',
  'latin1',
)

test('without a library for it an image is refused', async () => {
  const opened = openImageFolder(await folderOf({ 'a.webp': webp }), { memory: 0 })
  await expect(opened).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a.webp: an image of the format WebP, and no library that decodes it; wanted PNG or JPEG images, or the npm package sharp for this one. Fix: npm install sharp, or convert to PNG, such as with ImageMagick: mogrify -format png <file>; or leave it out. [image/no-decoder]]`,
  )
})
