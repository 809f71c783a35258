import { type ByTime, byTime } from '../layers/by-time.ts'
import type { RepeatedColumn } from './column-blocks.ts'

/** How windows of rows lie in an example; undefined where an example is a row. */
export function windowsOf(columns: readonly RepeatedColumn[]): ByTime | undefined {
  const rows = columns[0].times
  if (rows === undefined) return undefined
  const alike: { columns: number; slots: number }[] = []
  for (const { slots } of columns) {
    const last = alike.at(-1)
    if (last?.slots === slots) last.columns++
    else alike.push({ columns: 1, slots })
  }
  return byTime(rows, alike)
}
