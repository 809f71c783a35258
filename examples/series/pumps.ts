/**
 * Two pumps in a hall, measured every hour: `node examples/series/pumps.ts` writes forty days of them (pumps.csv), and ten
 * more (today.csv) in which a gauge sticks, a flow meter is off, power jumps once and a daily rhythm is missing.
 */
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

const DAY = 24
const [USUAL, NEW] = [40 * DAY, 10 * DAY]
const START = Date.UTC(2026, 2, 2)

/** Numbers that look random, always the same ones (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Hour {
  flow: number
  pressure: number
  power: number
  temperature: number
}

/** What a healthy pump measures: the day, and how much is asked of it. */
function healthy(hours: number, seed: number): Hour[] {
  const uniform = chance(seed)
  const noise = () => uniform() + uniform() + uniform() - 1.5
  let load = 0
  return Array.from({ length: hours }, (_, hour) => {
    load = 0.8 * load + 0.6 * noise()
    const day = Math.sin((2 * Math.PI * (hour - 8)) / DAY)
    const flow = 40 + 9 * day + 3 * load + 0.4 * noise()
    return {
      flow,
      pressure: 6.2 - 0.05 * flow + 0.05 * noise(),
      power: 2 + 0.11 * flow + 0.08 * noise(),
      temperature: 55 + 6 * Math.sin((2 * Math.PI * (hour - 11)) / DAY) + 0.8 * load + 0.3 * noise(),
    }
  })
}

/** What goes wrong in the new days of a pump, by hour from their beginning. */
const FAULTS: Readonly<Record<string, (hour: Hour, at: number, before: Hour) => void>> = {
  north(hour, at, before) {
    if (at >= 62 && at < 80) hour.pressure = before.pressure
    if (at >= 150 && at < 175) hour.flow += 4
  },
  south(hour, at) {
    if (at === 40) hour.power += 3
    if (at >= 90 && at < 120) hour.temperature = 55 + 0.1 * Math.cos(at)
  },
}

/** Both pumps as CSV: the days that are learned from, or the days after them. */
export function pumps(days: 'usual' | 'new'): string {
  const all = Object.keys(FAULTS).flatMap((pump, at) => {
    const hours = healthy(USUAL + NEW, 7 + at)
    for (let hour = 0; hour < NEW; hour++) FAULTS[pump](hours[USUAL + hour], hour, hours[USUAL + hour - 1])
    return hours.map((hour, place) => ({ pump, place, hour }))
  })
  const some = all.filter(({ place }) => place < USUAL === (days === 'usual'))
  const lines = some
    .sort((a, b) => a.place - b.place)
    .map(({ pump, place, hour: { flow, pressure, power, temperature } }) => {
      const time = new Date(START + place * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
      return [
        time,
        pump,
        flow.toFixed(1),
        pressure.toFixed(2),
        power.toFixed(2),
        temperature.toFixed(1),
      ].join()
    })
  return `${['time,pump,flow,pressure,power,temperature', ...lines].join('\n')}\n`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile('pumps.csv', pumps('usual'))
  await writeFile('today.csv', pumps('new'))
}
