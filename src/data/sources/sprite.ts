/** White pixels of a small shape as runs: begin and end of each, counted in pixels of a canvas from its center. */
export type Sprite = Int32Array

/**
 * The pixels whose centers lie in a shape: those at whole numbers (x, y) of which `contains` says so.
 *
 * None may lie farther than `reach` from the center; `width` is that of the canvas that it will be drawn on.
 */
export function spriteOf(width: number, reach: number, contains: (x: number, y: number) => boolean): Sprite {
  const runs: number[] = []
  for (let y = -reach; y <= reach; y++) {
    let begin: number | undefined
    for (let x = -reach; x <= reach + 1; x++) {
      const isInside = x <= reach && contains(x, y)
      if (isInside) begin ??= x
      else if (begin !== undefined) {
        runs.push(y * width + begin, y * width + x)
        begin = undefined
      }
    }
  }
  return Int32Array.from(runs)
}

/** Draws ones on a canvas, `center` being the sprite's in pixels from the first. */
export function drawSprite(sprite: Sprite, canvas: Uint8Array, center: number): void {
  for (let run = 0; run < sprite.length; run += 2)
    canvas.fill(1, center + sprite[run], center + sprite[run + 1])
}
