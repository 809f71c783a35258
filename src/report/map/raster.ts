import { type Color, drawDot, drawText, fillBox } from '../canvas/canvas.ts'
import type { Axes, Plot } from '../charts/axes.ts'
import { ticksOf, tickText } from '../charts/scale.ts'
import { CROWD, layers, middleOf, scatterAxes } from '../charts/scatter.ts'
import { blank, type Raster } from '../grid.ts'
import { channelsOf, levelTones, toneNamed } from '../palette.ts'
import { coloredSets, type LatentMap, type Legend } from './latent-map.ts'

const plot: Plot = { width: 1560, height: 1400, left: 120, top: 120, right: 1290, bottom: 1290 }
const WITHOUT_LEGEND = 1340

const PAPER: Color = [255, 255, 255]
const INK: Color = [29, 28, 26]
const MUTED: Color = [106, 102, 95]
const RULE: Color = [231, 227, 220]
const LARGE = { size: 26 } as const

/** A map as a picture on white. */
export function mapRaster(map: LatentMap, title: string): Raster {
  const { sets, legend } = coloredSets(map)
  const width = legend ? plot.width : WITHOUT_LEGEND
  const raster = blank(width, plot.height, 3, 255)
  const axes = scatterAxes(sets, plot)
  drawText(raster, title, { ...LARGE, x: 40, y: 52 }, INK)
  drawAxes(raster, axes, map.axes)
  const [count] = map.points.shape
  const crowded = count > CROWD
  for (const { tone, points } of layers(sets, count))
    for (const [x, y] of points)
      drawDot(
        raster,
        { x: axes.x(x), y: axes.y(y), radius: crowded ? 5 : 6.5, opacity: crowded ? 0.6 : 0.75 },
        colorOf(tone),
      )
  for (const { name, points } of sets)
    if (name !== undefined) {
      const [x, y] = middleOf(points)
      const place = { ...LARGE, x: axes.x(x), y: axes.y(y) + 9, anchor: 'middle', halo: PAPER } as const
      drawText(raster, name, place, INK)
    }
  if (legend) drawLegend(raster, legend)
  return raster
}

const colorOf = (tone: string): Color => channelsOf(toneNamed(tone === 'active' ? 'class-0' : tone).light)

function drawAxes(raster: Raster, { x, y, xDomain, yDomain }: Axes, names: readonly [string, string]): void {
  const { left, right, bottom } = plot
  const up = ticksOf(yDomain, 5)
  for (const value of up.values) {
    const at = Math.round(y(value))
    fillBox(raster, { left, top: at, width: right - left, height: 2 }, RULE)
    drawText(raster, tickText(value, up.step), { ...LARGE, x: left - 14, y: at + 10, anchor: 'end' }, MUTED)
  }
  const across = ticksOf(xDomain, 5)
  for (const value of across.values)
    drawText(
      raster,
      tickText(value, across.step),
      { ...LARGE, x: x(value), y: bottom + 36, anchor: 'middle' },
      MUTED,
    )
  drawText(raster, names[0], { ...LARGE, x: right, y: bottom + 78, anchor: 'end' }, MUTED)
  drawText(raster, names[1], { ...LARGE, x: 40, y: plot.top - 22 }, MUTED)
}

function drawLegend(raster: Raster, { title, entries, isRamp }: Legend): void {
  const left = plot.right + 44
  const line = (i: number) => plot.top + 10 + 42 * i
  drawText(raster, title, { ...LARGE, x: left, y: line(0) }, MUTED)
  if (!isRamp) {
    entries.forEach(({ name, tone }, i) => {
      drawDot(raster, { x: left + 10, y: line(i + 1) - 9, radius: 9 }, colorOf(tone))
      drawText(raster, name, { ...LARGE, x: left + 34, y: line(i + 1) }, INK)
    })
    return
  }
  const [low, high] = entries
  const top = line(1) - 24
  levelTones.forEach(({ light }, i) => {
    const box = { left, top: top + 20 * (levelTones.length - 1 - i), width: 26, height: 20 }
    fillBox(raster, box, channelsOf(light))
  })
  drawText(raster, high.name, { ...LARGE, x: left + 40, y: top + 20 }, INK)
  drawText(raster, low.name, { ...LARGE, x: left + 40, y: top + 20 * levelTones.length }, INK)
}
