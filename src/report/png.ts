import { encode } from 'fast-png'
import { toBase64 } from '../base/base64.ts'
import type { Raster } from './grid.ts'

/** A picture as the bytes of a PNG file. */
export const encodePng = (raster: Raster): Uint8Array => encode(raster)

/** A picture as a `data:` URI, for a page that has to open without a network. */
export const pngDataUri = (raster: Raster): string => `data:image/png;base64,${toBase64(encodePng(raster))}`
