// Packs the letters that pictures are labeled with: node scripts/letters.mjs, with a Chromium and DejaVu Sans installed.
import { writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { findChromium, quietFlags } from '../test/browser/chromium.ts'
import { deflated } from './deflated.ts'

const SIZE = 26
const ASCENT = 26
const HEIGHT = 34
const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i))
const letters = [...range(0x20, 0x7e), ...range(0xa1, 0xff).filter((c) => c !== '\u00ad'), ...'−–—·…σμβ≤≥']

const browser = await chromium.launch({ executablePath: findChromium(), args: [...quietFlags] })
const page = await browser.newPage()
const glyphs = await page.evaluate(
  ({ letters, size, ascent, height }) => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    return letters.map((letter) => {
      pen.font = `${size}px "DejaVu Sans"`
      const width = Math.max(1, Math.round(pen.measureText(letter).width))
      Object.assign(canvas, { width, height })
      pen.font = `${size}px "DejaVu Sans"`
      pen.fillText(letter, 0, ascent)
      const { data } = pen.getImageData(0, 0, width, height)
      // Sixteen levels of ink are enough for the eye.
      return {
        width,
        ink: Array.from({ length: width * height }, (_, i) => Math.round(data[4 * i + 3] / 17)),
      }
    })
  },
  { letters, size: SIZE, ascent: ASCENT, height: HEIGHT },
)
await browser.close()
const ink = glyphs.flatMap((glyph) => glyph.ink)
const nibbles = Array.from(
  { length: Math.ceil(ink.length / 2) },
  (_, i) => ink[2 * i] | ((ink[2 * i + 1] ?? 0) << 4),
)
const bytes = Uint8Array.from([...glyphs.map(({ width }) => width), ...nibbles])
const packed = deflated(bytes).toString('base64')
writeFileSync(
  new URL('../src/report/canvas/letters.packed.ts', import.meta.url),
  `// Written by scripts/letters.mjs: deflated widths, then ink, two pixels a byte. Attribution in NOTICE.
export const letters =\n  ${JSON.stringify(letters.join('')).replaceAll("'", "\\'").replace(/^"|"$/g, "'").replace('\\"', '"')}
export const ascent = ${ASCENT}
export const height = ${HEIGHT}
export const packed: string =\n  '${packed}'\n`,
)
console.log(`${letters.length} letters, ${packed.length} characters`)
