/** Colors of classes and levels: those of the reports (src/report/palette.ts), which a test compares. */

type Background = 'light' | 'dark'

export const classColors: readonly Readonly<Record<Background, string>>[] = [
  { light: '#188afc', dark: '#4ea2f6' },
  { light: '#ae6000', dark: '#fca23c' },
  { light: '#0c8a5a', dark: '#42de9c' },
  { light: '#7e0024', dark: '#d2061e' },
  { light: '#6c36d8', dark: '#a23cde' },
  { light: '#784e1e', dark: '#ae8a5a' },
  { light: '#c60696', dark: '#fc4eba' },
  { light: '#065a60', dark: '#9cf6fc' },
  { light: '#a89000', dark: '#fce412' },
  { light: '#8a9096', dark: '#666c72' },
]

/** From low to high. */
export const rampStops: Readonly<Record<Background, readonly string[]>> = {
  light: ['#231a66', '#6a2590', '#a83384', '#cc4f5c', '#cc7a14'],
  dark: ['#5d63c9', '#9a5fd0', '#d966a8', '#f7916f', '#fbdd7a'],
}
const LEVELS = 16
const MISSING: Readonly<Record<Background, string>> = { light: '#b9b4aa', dark: '#55585e' }
const PLAIN: Readonly<Record<Background, string>> = { light: '#2b6196', dark: '#7db3e8' }

export interface Toned {
  /** All that are used. */
  readonly colors: readonly string[]
  /** Number of each point's color. */
  readonly ofPoint: readonly number[]
  /** What they mean: every class, or the two ends of a ramp; none where nothing tells points apart. */
  readonly entries: readonly { readonly name: string; readonly color: string }[]
  readonly isRamp: boolean
}

/** Colors of points by whole numbers: of a class each where they are few, else along a ramp; NaN is grey. */
export function toned(
  values: ArrayLike<number> | undefined,
  background: Background,
  names: Readonly<Record<number, string>> = {},
): Toned {
  const all = Array.from(values ?? [])
  const known = tonedKnown(
    all.filter((value) => !Number.isNaN(value)),
    all,
    background,
    names,
  )
  if (!all.some(Number.isNaN)) return known
  const grey = MISSING[background]
  return {
    ...known,
    colors: [...known.colors, grey],
    ofPoint: known.ofPoint.map((color) => (Number.isNaN(color) ? known.colors.length : color)),
    entries: [...known.entries, { name: 'missing', color: grey }],
  }
}

function tonedKnown(
  known: readonly number[],
  values: readonly number[],
  background: Background,
  names: Readonly<Record<number, string>>,
): Toned {
  const nameOf = (value: number) => names[value] ?? String(value)
  const levels = [...new Set(known)].sort((a, b) => a - b)
  if (levels.length < 2)
    return {
      colors: [PLAIN[background]],
      ofPoint: values.map((value) => 0 * value),
      entries: [],
      isRamp: false,
    }
  if (levels.length <= classColors.length) {
    const colors = levels.map((_, i) => classColors[i][background])
    const ranks = new Map(levels.map((level, rank) => [level, rank]))
    return {
      colors,
      ofPoint: values.map((value) => ranks.get(value) ?? Number.NaN),
      entries: levels.map((level, i) => ({ name: nameOf(level), color: colors[i] })),
      isRamp: false,
    }
  }
  const [low, high] = [levels[0], levels[levels.length - 1]]
  const colors = Array.from({ length: LEVELS }, (_, i) => along(rampStops[background], i / (LEVELS - 1)))
  return {
    colors,
    ofPoint: values.map((value) => Math.round(((value - low) / (high - low)) * (LEVELS - 1))),
    entries: [
      { name: nameOf(low), color: colors[0] },
      { name: nameOf(high), color: colors[LEVELS - 1] },
    ],
    isRamp: true,
  }
}

/** Red, green and blue, 0 to 255, of a color such as #2b6196. */
export const channelsOf = (color: string): [number, number, number] => {
  const number = Number.parseInt(color.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}

function along(stops: readonly string[], share: number): string {
  const at = share * (stops.length - 1)
  const before = Math.min(stops.length - 2, Math.floor(at))
  const [from, to] = [channelsOf(stops[before]), channelsOf(stops[before + 1])]
  return `#${from
    .map((value, c) => Math.round(value + (to[c] - value) * (at - before)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`
}
