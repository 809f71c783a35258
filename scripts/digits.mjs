// Packs the digits data set: node scripts/digits.mjs digits.csv.gz (rows of 64 pixels, 0 to 16, and a class).
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { deflated } from './deflated.ts'

const [, , source] = process.argv
if (!source) {
  console.error('usage: node scripts/digits.mjs digits.csv.gz')
  process.exit(2)
}
const rows = gunzipSync(readFileSync(source))
  .toString()
  .trim()
  .split('\n')
  .map((line) => line.split(',').map(Number))
const bytes = Uint8Array.from([...rows.flatMap((row) => row.slice(0, 64)), ...rows.map((row) => row[64])])
const packed = deflated(bytes).toString('base64')
const target = new URL('../src/data/sources/digits.packed.ts', import.meta.url)
writeFileSync(
  target,
  `// Written by scripts/digits.mjs: deflated pixels, then classes. Attribution in NOTICE.\nexport const packed: string =\n  '${packed}'\n`,
)
console.log(`${rows.length} rows, ${packed.length} characters`)
