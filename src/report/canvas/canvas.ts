/** Drawing into pictures: rectangles, dots and letters with soft edges. */
import type { Raster } from '../grid.ts'
import { type Glyph, glyphsOf, type LetterSize } from './letters.ts'

/** Red, green and blue, 0 to 255; a grey picture takes the first. */
export type Color = readonly [number, number, number]

/** Mixes a share of a color into one pixel; nothing happens outside the picture. */
function mix(raster: Raster, x: number, y: number, color: Color, share: number): void {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return
  const at = (y * raster.width + x) * raster.channels
  for (let c = 0; c < Math.min(3, raster.channels); c++)
    raster.data[at + c] = Math.round(raster.data[at + c] + (color[c] - raster.data[at + c]) * share)
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Fills a rectangle of whole pixels. */
export function fillBox(raster: Raster, { left, top, width, height }: Box, color: Color): void {
  for (let y = top; y < top + height; y++)
    for (let x = left; x < left + width; x++) mix(raster, x, y, color, 1)
}

export interface Dot {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** How much it covers what lies beneath, 0 to 1. */
  readonly opacity?: number
}

/** A filled circle; a pixel at its edge takes the share that lies inside. */
export function drawDot(raster: Raster, { x, y, radius, opacity = 1 }: Dot, color: Color): void {
  const reach = Math.ceil(radius + 1)
  for (let py = Math.floor(y) - reach; py <= y + reach; py++)
    for (let px = Math.floor(x) - reach; px <= x + reach; px++) {
      const inside = radius + 0.5 - Math.hypot(px + 0.5 - x, py + 0.5 - y)
      if (inside > 0) mix(raster, px, py, color, Math.min(1, inside) * opacity)
    }
}

export interface Lettering {
  readonly x: number
  /** The line that letters stand on. */
  readonly y: number
  readonly size?: LetterSize
  /** Which part of the text is at x. */
  readonly anchor?: 'start' | 'middle' | 'end'
  /** A seam around the letters, so that they can be read over dots. */
  readonly halo?: Color
}

const UNKNOWN = '?'

const glyphsIn = (text: string, size: LetterSize): Glyph[] => {
  const known = glyphsOf(size)
  return [...text].map((letter) => known.get(letter) ?? (known.get(UNKNOWN) as Glyph))
}

/** Pixels that a text takes. */
export const textWidth = (text: string, size: LetterSize = 13): number =>
  glyphsIn(text, size).reduce((sum, { width }) => sum + width, 0)

/** Writes a line of text. */
export function drawText(raster: Raster, text: string, lettering: Lettering, color: Color): void {
  const { x, y, size = 13, anchor = 'start', halo } = lettering
  const share = { start: 0, middle: 0.5, end: 1 }[anchor]
  const left = Math.round(x - share * textWidth(text, size))
  if (halo) {
    const seam = size / 13 + 1
    for (let dy = -seam; dy <= seam; dy++)
      for (let dx = -seam; dx <= seam; dx++)
        if (Math.hypot(dx, dy) <= seam) write(raster, glyphsIn(text, size), left + dx, y + dy, halo)
  }
  write(raster, glyphsIn(text, size), left, y, color)
}

function write(raster: Raster, glyphs: readonly Glyph[], left: number, baseline: number, color: Color): void {
  let at = left
  for (const { width, height, ascent, ink } of glyphs) {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if (ink[y * width + x] > 0)
          mix(raster, at + x, Math.round(baseline) - ascent + y, color, ink[y * width + x])
    at += width
  }
}
