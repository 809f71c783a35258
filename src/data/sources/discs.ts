import { factoredImages } from './factored-images.ts'
import type { Source } from './source.ts'
import { drawSprite, type Sprite, spriteOf } from './sprite.ts'

const SIDE = 16
const POSITIONS = 17
/** First position, counted in pixels from the middle of the first one; a step is half a pixel. */
const FIRST = 3.5
/** Between two of them lies the distance of a pixel at each of a center's four places, so that no two look alike. */
const RADII = [2.05, 2.4, 2.85, 3.3, 3.7, 4.15]
const REACH = 4

/** Discs of each radius whose center lies in the middle of a pixel, at the end of its row or column, or both. */
const drawnDiscs = (): Sprite[] =>
  RADII.flatMap((radius) =>
    [0, 0.5].flatMap((x) => [0, 0.5].map((y) => spriteOf(SIDE, REACH, within(x, y, radius)))),
  )

const within = (x: number, y: number, radius: number) => (column: number, row: number) =>
  (column - x) * (column - x) + (row - y) * (row - y) < radius * radius

/** 1,734 binary images of one disc each, for quick tests: three factors that every image shows. */
export const discs: Source = {
  name: 'discs',
  summary: '1,734 drawings of a disc, 16×16, of known position and size; for quick tests',
  async load() {
    const sprites = drawnDiscs()
    return factoredImages({
      name: 'discs',
      side: SIDE,
      factors: { posX: POSITIONS, posY: POSITIONS, size: RADII.length },
      draw(levels, at, canvas, start) {
        const column = FIRST + levels[at] / 2
        const row = FIRST + levels[at + 1] / 2
        const whole = Math.floor(row) * SIDE + Math.floor(column)
        const halves = (column % 1) * 4 + (row % 1) * 2
        drawSprite(sprites[levels[at + 2] * 4 + halves], canvas, start + whole)
      },
    })
  },
}
