/** Finds rows that do not fit, and says which value makes them so. */
import { trainTable } from 'betavae'

/** Readings of a machine: pressure and valve follow its temperature; now and then a sensor gives nothing. */
const readings = Array.from({ length: 1000 }, (_, i) => {
  const temperature = 20 + 5 * Math.sin(i / 40)
  const pressure = i % 20 === 7 ? null : 2 * temperature + Math.sin(3 * i) / 4
  const valve = temperature > 21 ? 'open' : 'shut'
  return { time: new Date(1.7e12 + 6e4 * i), temperature, pressure, valve }
})

using model = await trainTable(readings, { data: { exclude: ['time'] }, training: { seed: 1 } })
const [usual, odd] = await model.score([
  { temperature: 24, pressure: 48, valve: 'open' },
  { temperature: 24, pressure: 33, valve: 'open' },
])
const [{ column, seen, expected, nats }] = odd.causes
const [filled] = await model.impute([{ temperature: 24, pressure: null, valve: undefined }])

console.log(`p ${usual.p} for the first row, ${odd.p} for the second`)
console.log(`because of ${column}: ${seen} where ${expected} was expected, ${nats.toFixed(1)} nats`)
const made = await model.synthesize(3)
export const result = { usual, odd, filled, made }
