import type { Axes } from './axes.ts'
import type { ToldPlot } from './told.ts'

/** What is told of a plot: its axes, and what is known of its points. */
export const toldPlot = (
  { plot, xDomain, yDomain }: Axes,
  [x, y]: readonly [string, string],
  known: readonly string[] = [],
): ToldPlot => ({
  kind: 'plot',
  x: [x, plot.left, xDomain[0], plot.right, xDomain[1]],
  y: [y, plot.bottom, yDomain[0], plot.top, yDomain[1]],
  ...(known.length > 0 && { known }),
})
