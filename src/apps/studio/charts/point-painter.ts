import { pixelsOf, type View, within } from './scatter-view.ts'
import { channelsOf, type Toned } from './tones.ts'

/** What there is to paint. */
export interface Cloud {
  /** [n, 2]. */
  readonly points: ArrayLike<number>
  readonly toned: Toned
  readonly view: View
  /** Pixels of the page. */
  readonly side: number
  /** Behind the points, such as #ffffff. */
  readonly background: string
}

/** Paints points into a canvas of its own. */
export interface PointPainter {
  paint(cloud: Cloud): void
  dispose(): void
}

const CROWD = 800
const radiusFor = (count: number): number => (count > CROWD ? 2.4 : 3.4)
const OPACITY = 0.72

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

/** On the graphics card, by regl-scatterplot; rejects where there is no WebGL. */
export async function glPainter(canvas: HTMLCanvasElement): Promise<PointPainter> {
  const { default: createScatterplot } = await import('regl-scatterplot')
  const plot = createScatterplot({ canvas, colorBy: 'valueA', opacity: OPACITY, cameraIsFixed: true })
  // It refuses a drawing while another is under way: of those that came meanwhile the newest is next.
  let waiting: Cloud | undefined
  let isDrawing = false
  let isGone = false
  const drawWaiting = async () => {
    isDrawing = true
    while (waiting && !isGone) {
      const cloud = waiting
      waiting = undefined
      await drawWith(plot, cloud)
    }
    isDrawing = false
  }
  return {
    paint(cloud) {
      waiting = cloud
      if (!isDrawing) void drawWaiting()
    },
    dispose() {
      isGone = true
      plot.destroy()
    },
  }
}

type Plot = ReturnType<typeof import('regl-scatterplot').default>

async function drawWith(plot: Plot, { points, toned, view, side, background }: Cloud): Promise<void> {
  const count = points.length / 2
  const places = Array.from({ length: count }, (_, i) => within(view, [points[2 * i], points[2 * i + 1]]))
  await plot.set({
    width: side,
    height: side,
    backgroundColor: share(background),
    pointColor: toned.colors.map(share),
    pointSize: 2 * radiusFor(count),
  })
  await plot.draw({
    x: places.map(([x]) => x),
    y: places.map(([, y]) => y),
    valueA: places.map((_, i) => toned.ofPoint[i] ?? 0),
  })
}

const share = (color: string): [number, number, number, number] => {
  const [red, green, blue] = channelsOf(color)
  return [red / 255, green / 255, blue / 255, 1]
}
