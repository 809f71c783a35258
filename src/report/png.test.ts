import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { fillBits, streams } from '../base/random.ts'
import type { Raster } from './grid.ts'
import { encodePng, pngDataUri } from './png.ts'

const raster = (channels: Raster['channels']): Raster => ({
  width: 5,
  height: 3,
  channels,
  data: Uint8Array.from({ length: 5 * 3 * channels }, (_, i) => (i * 37) % 256),
})

test.each([1, 2, 3, 4] as const)('a picture of %i channels survives the file', (channels) => {
  const picture = raster(channels)
  const { width, height, channels: read, data } = decode(encodePng(picture))
  expect({ width, height, channels: read, data }).toEqual(picture)
})

test('the data URI holds the file, however long', () => {
  const bits = fillBits(new Uint32Array(30_000), { seed: 0, stream: streams.prior, step: 0 })
  const noise: Raster = { width: 200, height: 200, channels: 3, data: new Uint8Array(bits.buffer) }
  const uri = pngDataUri(noise)
  expect(uri.startsWith('data:image/png;base64,')).toBe(true)
  const bytes = Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64')
  expect(bytes.length).toBeGreaterThan(0x8000)
  expect(bytes.equals(encodePng(noise))).toBe(true)
})
