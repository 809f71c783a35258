import type { Dataset } from '../dataset.ts'
import { outlines, REACH } from './dsprites-shapes.ts'
import { factoredImages } from './factored-images.ts'
import { drawSprite, type Sprite, spriteOf } from './sprite.ts'

const SIDE = 64
const SCALES = [0.5, 0.6, 0.7, 0.8, 0.9, 1]
const ORIENTATIONS = 40
const POSITIONS = 32
/** Pixel of the first position; a step is one pixel. */
const FIRST = 16
/** Where in its pixel a center lies, right of and below the middle: square sides then round to the nearest pixel. */
const OFF_CENTER = 0.25

/** Cosine and sine of 2π/39, written out: `Math.cos` may differ in its last bit from engine to engine. */
const TURN = { cos: 0.9870502626379128, sin: 0.16041128085776024 }

/** Directions of `linspace(0, 2π, 40)`, of which the last is the first again, by products alone. */
function directions(): { cos: number; sin: number }[] {
  const turned = [{ cos: 1, sin: 0 }]
  while (turned.length < ORIENTATIONS - 1) {
    const { cos, sin } = turned[turned.length - 1]
    turned.push({ cos: cos * TURN.cos - sin * TURN.sin, sin: sin * TURN.cos + cos * TURN.sin })
  }
  return [...turned, turned[0]]
}

/** Sprites by shape, scale and orientation, each drawn when it is first asked for. */
function spriteSheet(): (shape: number, scale: number, orientation: number) => Sprite {
  const turned = directions()
  const sheet = new Array<Sprite | undefined>(outlines.length * SCALES.length * ORIENTATIONS)
  const drawn = (shape: number, scale: number, orientation: number): Sprite => {
    const { cos, sin } = turned[orientation]
    return spriteOf(SIDE, REACH, (column, row) => {
      const x = (column - OFF_CENTER) / SCALES[scale]
      const y = (row - OFF_CENTER) / SCALES[scale]
      return outlines[shape].contains(cos * x + sin * y, cos * y - sin * x)
    })
  }
  return (shape, scale, orientation) =>
    (sheet[(shape * SCALES.length + scale) * ORIENTATIONS + orientation] ??= drawn(shape, scale, orientation))
}

/** 737,280 drawings that are made when they are read. */
export function dspritesImages(): Dataset {
  const spriteAt = spriteSheet()
  return factoredImages({
    name: 'dSprites-like',
    side: SIDE,
    factors: {
      color: 1,
      shape: outlines.length,
      scale: SCALES.length,
      orientation: ORIENTATIONS,
      posX: POSITIONS,
      posY: POSITIONS,
    },
    label: 'shape',
    draw(levels, at, canvas, start) {
      const sprite = spriteAt(levels[at + 1], levels[at + 2], levels[at + 3])
      drawSprite(sprite, canvas, start + (FIRST + levels[at + 5]) * SIDE + FIRST + levels[at + 4])
    },
  })
}
