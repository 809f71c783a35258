import { fail } from '../../base/errors.ts'
import type { Raster } from '../grid.ts'

/** Pictures of one size and kind, shown one after another without end. */
export interface Animation {
  readonly frames: readonly Raster[]
  readonly framesPerSecond: number
}

/** Errors: `report/frames`, `report/pace`. */
export function checkAnimation({ frames, framesPerSecond }: Animation): void {
  const [first] = frames
  const alike = ({ width, height, channels }: Raster): boolean =>
    width === first.width && height === first.height && channels === first.channels
  if (!first || !frames.every(alike))
    fail({
      code: 'report/frames',
      seen: first ? 'frames of different sizes or kinds of pixel' : 'an animation without a frame',
      wanted: 'at least one frame, all of one width, height and number of channels',
      fix: 'draw all frames alike',
    })
  if (!(framesPerSecond > 0 && framesPerSecond <= 50))
    fail({
      code: 'report/pace',
      seen: `${framesPerSecond} frames a second`,
      wanted: 'a number above 0 and at most 50, which is what viewers show',
      fix: 'give for example 12',
      usage: true,
    })
}

/** There and back again: every frame but the two ends twice, so that nothing stands still or jumps. */
export const pingPong = <Frame>(frames: readonly Frame[]): Frame[] => [
  ...frames,
  ...frames.slice(1, -1).reverse(),
]
