/**
 * What planted faults in series are called, and how often anything is said of healthy rows:
 *
 *     node scripts/series-words.ts [seed …]     five seeds by default
 */
import { toldOf } from '../test/time/confusion.ts'

const ROWS = 2400
const SEEDS = [20101, 20102, 20103, 20104, 20105]
const seeds = process.argv.slice(2).map(Number)
const { confusion, right, faults, healthy, words } = await toldOf(seeds.length > 0 ? seeds : SEEDS, ROWS)
const names = [...new Set(Object.values(confusion).flatMap((own) => Object.keys(own)))].sort()
console.log(['planted', ...names].map((name) => name.padStart(8)).join(''))
for (const [kind, own] of Object.entries(confusion))
  console.log([kind, ...names.map((name) => own[name] ?? 0)].map((cell) => String(cell).padStart(8)).join(''))
console.log(`${right} of ${faults} named rightly, ${((100 * right) / faults).toFixed(1)}%`)
console.log(`words of ${words} stretches in ${healthy} healthy rows`)
