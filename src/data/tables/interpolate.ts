/** The place of the last of ascending `values` that is below `value`, or at most it; −1 where none is. */
function lastBelow(values: ArrayLike<number>, value: number, orAt: boolean): number {
  let low = -1
  let high = values.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (values[middle] < value || (orAt && values[middle] === value)) low = middle
    else high = middle
  }
  return low
}

/** Piecewise linear interpolation between ascending xs, for x within them; where x repeats, halfway between its ys. */
export function interpolate(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  const below = lastBelow(xs, x, false)
  const last = lastBelow(xs, x, true)
  if (last > below) return (ys[below + 1] + ys[last]) / 2
  return ys[below] + ((x - xs[below]) / (xs[last + 1] - xs[below])) * (ys[last + 1] - ys[below])
}
