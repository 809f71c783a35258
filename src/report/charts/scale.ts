import type { Range } from '../grid.ts'

/** Maps a domain linearly onto a range; an empty domain goes to the middle. */
export function linearScale([d0, d1]: Range, [r0, r1]: Range): (value: number) => number {
  return d1 === d0 ? () => (r0 + r1) / 2 : (value) => r0 + ((value - d0) / (d1 - d0)) * (r1 - r0)
}

/** Round numbers within a domain, 1, 2 or 5 times a power of ten apart. */
export interface Ticks {
  readonly values: readonly number[]
  readonly step: number
}

/** About `count` ticks; `whole` keeps the step from falling below 1. */
export function ticksOf([low, high]: Range, count: number, whole = false): Ticks {
  const raw = (high - low) / count
  if (!(raw > 0)) return { values: [low], step: 1 }
  const power = 10 ** Math.floor(Math.log10(raw))
  const nice = [1, 2, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-9)) as number
  const step = whole ? Math.max(1, nice * power) : nice * power
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // Adding 0 turns −0 into 0.
  const values = Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step) + 0)
  return { values, step }
}

/** Takes the dust off products such as 3 × 0.1. */
const rounded = (value: number): number => Number(value.toPrecision(12))

/** A tick's text, with as many decimals as its step needs. */
export function tickText(value: number, step: number): string {
  const decimals = Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  if (Math.abs(value) >= 1e6 || decimals > 5) return Number(value.toPrecision(6)).toExponential()
  return value
    .toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace('-', '\u2212')
}

/** The domain widened by a share of itself at both ends. */
export function padded([low, high]: Range, share: number): Range {
  const room = high > low ? (high - low) * share : Math.max(Math.abs(low), 1) * share
  return [low - room, high + room]
}
