import { type NDArray, takeRows } from '../../base/arrays.ts'
import { type Color, drawDot, drawText, fillBox, textWidth } from '../canvas/canvas.ts'
import { short } from '../format.ts'
import { blank, checkImages, type Range, type Raster, stamp } from '../grid.ts'

/** One dimension of a code as it is moved. */
export interface Panel {
  /** Such as `z3`. */
  readonly name: string
  /** What the dimension is worth, such as `1.92 nats`. */
  readonly note?: string
  /** [positions, channels, height, width]. */
  readonly images: NDArray
}

/** What all panels of an animation share. @inline */
export interface PanelOptions {
  /** Values that become black and white. */
  readonly range: Range
  /** Where each image stands, lowest first. */
  readonly positions: readonly number[]
  /** What positions count, in words. */
  readonly unit: string
}

const PAPER = 255
const INK: Color = [29, 28, 26]
const MUTED: Color = [106, 102, 95]
const RULE: Color = [214, 209, 200]
const ACCENT: Color = [43, 97, 150]

const MARGIN = 16
const GAP = 14
const CAPTION = 22
const FOOTER = 44
/** Pixels of a panel's longer side: fewer where there are many panels. */
const LEAST_PANEL = { few: 84, many: 56 } as const
const FEW = 12
const WIDEST_TRACK = 320

/**
 * The pictures of a traversal, one for each position: a panel for every dimension, and a mark that shows the
 * position.
 */
export function panelFrames(panels: readonly Panel[], options: PanelOptions): Raster[] {
  const layout = layoutOf(panels, options)
  return options.positions.map((_, at) => frameAt(panels, options, layout, at))
}

interface Layout {
  readonly columns: number
  readonly scale: number
  readonly panel: { readonly width: number; readonly height: number }
  readonly width: number
  readonly height: number
}

function layoutOf(panels: readonly Panel[], { unit, positions }: PanelOptions): Layout {
  const [, , height, width] = checkImages(panels[0].images).shape
  const least = panels.length <= FEW ? LEAST_PANEL.few : LEAST_PANEL.many
  const scale = Math.max(1, Math.ceil(least / Math.max(height, width)))
  const panel = { width: width * scale, height: height * scale }
  // Somewhat wider than high, as screens are.
  const columns = Math.min(panels.length, Math.ceil(Math.sqrt(panels.length * 1.7)))
  const rows = Math.ceil(panels.length / columns)
  const labels = 2 * textWidth(short(positions[0])) + textWidth(unit) + 4 * GAP
  return {
    columns,
    scale,
    panel,
    width: Math.max(columns * (panel.width + GAP) - GAP, labels) + 2 * MARGIN,
    height: rows * (panel.height + CAPTION + GAP) - GAP + FOOTER + 2 * MARGIN,
  }
}

function frameAt(panels: readonly Panel[], options: PanelOptions, layout: Layout, at: number): Raster {
  const { columns, scale, panel, width, height } = layout
  const raster = blank(width, height, panels[0].images.shape[1] as 1 | 3, PAPER)
  const first = Math.round((width - columns * (panel.width + GAP) + GAP) / 2)
  panels.forEach(({ name, note, images }, i) => {
    const left = first + (i % columns) * (panel.width + GAP)
    const top = MARGIN + Math.floor(i / columns) * (panel.height + CAPTION + GAP)
    stamp(raster, takeRows(images, [at]), 0, { left, top, scale, range: options.range })
    const y = top + panel.height + 16
    drawText(raster, name, { x: left, y }, INK)
    const room = panel.width - textWidth(name) - 6
    if (note && textWidth(note) <= room)
      drawText(raster, note, { x: left + panel.width, y, anchor: 'end' }, MUTED)
  })
  drawTrack(raster, options, at)
  return raster
}

/** A line from the first position to the last with a dot where this picture stands. */
function drawTrack(raster: Raster, { positions, unit }: PanelOptions, at: number): void {
  const [from, to] = [positions[0], positions[positions.length - 1]]
  const middle = raster.width / 2
  const length = Math.min(WIDEST_TRACK, raster.width - 2 * MARGIN - 2 * (textWidth(short(from)) + GAP))
  const left = Math.round(middle - length / 2)
  const y = raster.height - MARGIN - 22
  fillBox(raster, { left, top: y - 1, width: Math.round(length), height: 2 }, RULE)
  drawText(raster, short(from), { x: left - 10, y: y + 5, anchor: 'end' }, MUTED)
  drawText(raster, short(to), { x: left + length + 10, y: y + 5 }, MUTED)
  const share = to === from ? 0.5 : (positions[at] - from) / (to - from)
  drawDot(raster, { x: left + share * length, y, radius: 5.5 }, ACCENT)
  drawText(raster, unit, { x: middle, y: raster.height - MARGIN + 2, anchor: 'middle' }, MUTED)
}
