/** Reads mutants one after another, and tells of each: `node child.ts <reader> <from> <to>`, started by `mutants.ts`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dishes } from './dishes.ts'
import { gaugeOf } from './gauge.ts'
import { tasted } from './mutant.ts'

const [name, from, to] = process.argv.slice(2)
const dish = dishes.find((one) => one.name === name)
if (!dish) throw new Error(name)
const folder = mkdtempSync(join(tmpdir(), 'betavae-mutants-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
// What nobody waits for must not end the process before it can be told which mutant it came of.
process.on('uncaughtException', (error) => {
  process.send?.({ stray: error.stack ?? String(error) })
  process.exit(1)
})
const gauge = gaugeOf()
const seeds = await dish.seeds(folder)
const tell = (message: object) => new Promise((done) => process.send?.(message, done))
for (let index = Number(from); index < Number(to); index++) {
  await tell({ begun: index })
  await tell(await tasted(dish, seeds, index, folder, gauge))
}
process.disconnect()
