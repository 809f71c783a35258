/** A line read out: what a person who does not see it should know of it. */
import { figure } from './plot.ts'
import type { Values } from './thinned.ts'

/** Where a line began, where it is, and how low and high it went in between. */
export function reading(name: string, places: Values, values: Values, placeName: string): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [first, last] = [-1, -1]
  for (let i = 0; i < Math.min(places.length, values.length); i++) {
    const value = values[i]
    if (value === null || !Number.isFinite(value)) continue
    if (first < 0) first = i
    last = i
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (first < 0) return `${name}: nothing yet.`
  const at = (i: number) => `${figure(values[i])} at ${placeName} ${figure(places[i])}`
  if (first === last) return `${name}: ${at(first)}.`
  return `${name}: ${at(first)}, ${at(last)}, between ${figure(low)} and ${figure(high)}.`
}
