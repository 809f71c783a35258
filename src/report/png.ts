import { encode } from 'fast-png'
import type { Raster } from './grid.ts'

/** A picture as the bytes of a PNG file. */
export const encodePng = (raster: Raster): Uint8Array => encode(raster)

/** Letters are made from this many bytes at a time: a call takes only so many arguments. */
const CHUNK = 0x8000

/** A picture as a `data:` URI, for a page that has to open without a network. */
export function pngDataUri(raster: Raster): string {
  const bytes = encodePng(raster)
  let letters = ''
  for (let start = 0; start < bytes.length; start += CHUNK)
    letters += String.fromCharCode(...bytes.subarray(start, start + CHUNK))
  return `data:image/png;base64,${btoa(letters)}`
}
