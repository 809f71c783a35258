import { LOG_TWO_PI } from './normal.ts'

/** log Γ(x) for x > 0 by Stirling's series, where x is raised to 10 or more; errs by less than 2e-12. */
export function logGamma(x: number): number {
  let product = 1
  let shifted = x
  for (; shifted < 10; shifted++) product *= shifted
  const inverse = 1 / (shifted * shifted)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / shifted
  return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * LOG_TWO_PI + series - Math.log(product)
}
