import { pixelsOf, type View } from './scatter-view.ts'
import type { Toned } from './tones.ts'

/** What there is to paint. */
export interface Cloud {
  /** [n, 2]. */
  readonly points: ArrayLike<number>
  readonly toned: Toned
  readonly view: View
  /** Pixels of the page. */
  readonly side: number
}

/** Paints points into a canvas of its own. */
export interface PointPainter {
  paint(cloud: Cloud): void
  dispose(): void
}

const CROWD = 800
/** Pixels of the page. */
export const radiusFor = (count: number): number => (count > CROWD ? 2.4 : 3.4)
export const OPACITY = 0.72

/** On the processor: for maps that are not large, and where there is no WebGL. */
export function flatPainter(canvas: HTMLCanvasElement): PointPainter {
  return {
    paint({ points, toned, view, side }) {
      const ratio = devicePixelRatio
      canvas.width = side * ratio
      canvas.height = side * ratio
      const context = canvas.getContext('2d')
      if (!context) return
      context.globalAlpha = OPACITY
      const radius = radiusFor(points.length / 2) * ratio
      for (const [tone, color] of toned.colors.entries()) {
        context.fillStyle = color
        context.beginPath()
        for (let i = 0; i < points.length / 2; i++) {
          if ((toned.ofPoint[i] ?? 0) !== tone) continue
          const [x, y] = pixelsOf(view, side * ratio, [points[2 * i], points[2 * i + 1]])
          context.moveTo(x, y)
          context.arc(x, y, radius, 0, 2 * Math.PI)
        }
        context.fill()
      }
    },
    dispose() {},
  }
}
