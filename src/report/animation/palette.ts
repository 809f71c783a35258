import type { Raster } from '../grid.ts'

/** The colors of pictures that may have no more than 255, and the place among them of each pixel. */
export interface Palette {
  /** Red, green and blue of 256 colors; unused ones are black, as the last always is. */
  readonly colors: Uint8Array
  indices(frame: Raster): Uint8Array
}

/** The last place stands for what does not change. */
const MOST_COLORS = 255

/** A palette for pictures without an alpha channel: exact where they have at most 255 colors, else by median cut. */
export function paletteOf(frames: readonly Raster[]): Palette {
  const counts = colorCounts(frames)
  const groups = counts.size <= MOST_COLORS ? [...counts.keys()].map((color) => [color]) : medianCut(counts)
  const colors = new Uint8Array(3 * (MOST_COLORS + 1))
  const places = new Map<number, number>()
  groups.forEach((group, place) => {
    colors.set(meanColor(group, counts), 3 * place)
    for (const color of group) places.set(color, place)
  })
  return {
    colors,
    indices(frame) {
      const indices = new Uint8Array(frame.width * frame.height)
      let [last, place] = [-1, 0]
      for (let pixel = 0; pixel < indices.length; pixel++) {
        const color = colorAt(frame, pixel)
        if (color !== last) place = places.get(color) ?? 0
        last = color
        indices[pixel] = place
      }
      return indices
    },
  }
}

/** Pixels of each color, counted run by run: neighbors are mostly alike. */
function colorCounts(frames: readonly Raster[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const frame of frames) {
    const pixels = frame.width * frame.height
    for (let first = 0, end = 0; first < pixels; first = end) {
      const color = colorAt(frame, first)
      end = first + 1
      while (end < pixels && colorAt(frame, end) === color) end++
      counts.set(color, (counts.get(color) ?? 0) + end - first)
    }
  }
  return counts
}

/** Red, green and blue as one number. */
function colorAt({ data, channels }: Raster, pixel: number): number {
  const at = pixel * channels
  return channels < 3 ? data[at] * 0x010101 : (data[at] << 16) | (data[at + 1] << 8) | data[at + 2]
}

const SHIFTS = [16, 8, 0] as const
const level = (color: number, shift: number): number => (color >> shift) & 255

/** Halves the group that spreads most, until there are 255. Heckbert 1982. */
function medianCut(counts: ReadonlyMap<number, number>): number[][] {
  const groups = [groupOf([...counts.keys()], counts)]
  while (groups.length < MOST_COLORS) {
    const widest = groups.reduce((best, { spread }, i) => (spread > groups[best].spread ? i : best), 0)
    const { members, shift } = groups[widest]
    members.sort((a, b) => level(a, shift) - level(b, shift) || a - b)
    const cut = halfway(members, counts)
    groups.splice(widest, 1, groupOf(members.slice(0, cut), counts), groupOf(members.slice(cut), counts))
  }
  return groups.map(({ members }) => members)
}

interface Group {
  readonly members: number[]
  /** The channel that varies most. */
  readonly shift: number
  /** Its range times the root of how many pixels there are: what is seen often is worth more colors. */
  readonly spread: number
}

function groupOf(members: number[], counts: ReadonlyMap<number, number>): Group {
  const ranges = SHIFTS.map((shift) => {
    let [low, high] = [255, 0]
    for (const color of members) {
      low = Math.min(low, level(color, shift))
      high = Math.max(high, level(color, shift))
    }
    return high - low
  })
  const most = ranges.indexOf(Math.max(...ranges))
  return { members, shift: SHIFTS[most], spread: ranges[most] * Math.sqrt(weightOf(members, counts)) }
}

const weightOf = (members: readonly number[], counts: ReadonlyMap<number, number>): number =>
  members.reduce((sum, color) => sum + (counts.get(color) as number), 0)

/** Where half of the pixels lie on either side, with at least one color on each. */
function halfway(members: readonly number[], counts: ReadonlyMap<number, number>): number {
  const half = weightOf(members, counts) / 2
  let passed = 0
  const at = members.findIndex((color) => {
    passed += counts.get(color) as number
    return passed >= half
  })
  return Math.min(members.length - 1, Math.max(1, at))
}

function meanColor(members: readonly number[], counts: ReadonlyMap<number, number>): number[] {
  const weight = weightOf(members, counts)
  return SHIFTS.map((shift) =>
    Math.round(
      members.reduce((sum, color) => sum + level(color, shift) * (counts.get(color) as number), 0) / weight,
    ),
  )
}
