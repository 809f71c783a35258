/** Reads mutants one after another, and tells of each: `node child.ts <reader> <from> <to>`, started by `mutants.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dishes } from './dishes.ts'
import { type Gauge, tasted } from './mutant.ts'

/** Of Linux: what the process has had at most since this was last reset. */
const memory = (name: string): number =>
  1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1])

let before = 0
const gauge: Gauge = {
  reset() {
    writeFileSync('/proc/self/clear_refs', '5')
    before = memory('VmRSS')
  },
  grown: () => memory('VmHWM') - before,
}

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
const seeds = await dish.seeds(folder)
const tell = (message: object) => new Promise((done) => process.send?.(message, done))
for (let index = Number(from); index < Number(to); index++) {
  await tell({ begun: index })
  await tell(await tasted(dish, seeds, index, folder, gauge))
}
process.disconnect()
