/**
 * Fills gaps in a table of penguins whose answers are known: hides a tenth of the cells, trains on what is left, and
 * compares what is filled in with the hidden cells, beside two usual ways.
 *
 * `node examples/tables/penguins.ts` prints the errors and draws penguins.svg.
 */
import { writeFile } from 'node:fs/promises'
import { coverage, errorsOf, fillPenguins, type Trial, ways } from './hidden-cells.ts'
import { picture } from './penguins-picture.ts'

const trials: Trial[] = []
for (let seed = 0; seed < 10; seed++) trials.push(await fillPenguins(seed))
const errors = errorsOf(trials)
console.table(
  errors.map(({ column, cells, errors: own }) => ({
    ...{ column, cells },
    ...Object.fromEntries(ways.map((way) => [way, Number(own[way].toFixed(3))])),
  })),
)
console.log(`numbers within the model's 90% interval: ${(100 * coverage(trials)).toFixed(0)}%`)
await writeFile(new URL('penguins.svg', import.meta.url), picture(trials[0], errors))
