/** What all plots on uPlot share: colors of the theme, axes. */
import type uPlot from 'uplot'
import { colorsOf } from '../design/colors.ts'

/** Tokens that a plot may draw with. */
const plotTokens = [
  'ink',
  'muted',
  'rule',
  'card',
  'accent',
  'second',
  'batch',
  'idle',
  'part-0',
  'part-1',
  'part-2',
  'part-3',
  'part-4',
  'part-5',
] as const

export type PlotToken = (typeof plotTokens)[number]
export type PlotColors = Record<PlotToken, string>
/** All but the size, which the place decides. */
export type PlotOptions = Omit<uPlot.Options, 'width' | 'height'>

export const plotColors = (): PlotColors => colorsOf(plotTokens)

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'

interface AxisOptions {
  readonly name?: string
  readonly size?: number
  readonly values?: (numbers: readonly number[]) => string[]
}

/** One axis in muted ink, its grid as faint as a rule. */
export const plotAxis = (colors: () => PlotColors, { name, size, values }: AxisOptions = {}): uPlot.Axis => ({
  stroke: () => colors().muted,
  font: FONT,
  grid: { stroke: () => colors().rule, width: 1 },
  ticks: { show: false },
  gap: 6,
  ...(size === undefined ? {} : { size }),
  ...(name === undefined ? {} : { label: name, labelFont: FONT, labelSize: 18, labelGap: 0 }),
  ...(values ? { values: (_: uPlot, numbers: number[]) => values(numbers) } : {}),
})

// Made once: a format of its own for every number would take most of a redraw.
const fourDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 })

/** A number on an axis or in a legend: four significant digits, a true minus sign, a dash where there is none. */
export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : fourDigits.format(value).replace('-', '−')
