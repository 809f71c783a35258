import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import type { Raster } from './grid.ts'
import { encodePng, pngDataUri } from './png.ts'

const raster = (channels: Raster['channels'], width = 5, height = 3): Raster => ({
  width,
  height,
  channels,
  data: Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) % 256),
})

test.each([1, 2, 3, 4] as const)('a picture of %i channels survives the file', (channels) => {
  const picture = raster(channels)
  const { width, height, channels: read, data } = decode(encodePng(picture))
  expect({ width, height, channels: read, data }).toEqual(picture)
})

test('the data URI holds the file, however long', () => {
  const noise = { ...raster(3, 200, 200) }
  for (let i = 0; i < noise.data.length; i++) noise.data[i] = Math.imul(i, 2654435761) >>> 24
  const uri = pngDataUri(noise)
  expect(uri.startsWith('data:image/png;base64,')).toBe(true)
  const bytes = Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64')
  expect(bytes.length).toBeGreaterThan(0x8000)
  expect(new Uint8Array(bytes)).toEqual(encodePng(noise))
})
