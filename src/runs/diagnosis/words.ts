import { tidy } from '../../objective/term.ts'

/** A number for people: two decimals from 1 on, three significant digits below, powers of ten where it runs away. */
export function figure(value: number): string {
  const size = Math.abs(value)
  const text =
    size >= 1e6 ? value.toExponential(2) : String(Number(size >= 1 ? value.toFixed(2) : value.toPrecision(3)))
  return text.replace('-', '−')
}

/** An option with a value as it is typed, quoted where a shell would read it otherwise. */
export const option = (name: string, value: number | string): string =>
  typeof value === 'number'
    ? `--${name} ${tidy(value)}`
    : `--${name} ${/[^\w.,-]/.test(value) ? `'${value}'` : value}`

/** A schedule from 0 to a weight over a share of the steps, rounded to what people would write. */
export function warmUp(to: number, steps: number, share = 0.25): string {
  const rough = Math.max(1, steps * share)
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(rough)) - 1)
  return `linear(0, ${tidy(to)}, ${Math.ceil(rough / unit) * unit})`
}
