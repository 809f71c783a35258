/** Writes the sample of MNIST that the studio brings along: `node scripts/mnist-sample.ts`. Needs `npm ci`. */
import { writeFileSync } from 'node:fs'
import { openData, spreadRows, writeNpy } from '../src/inside.node.ts'
import { zipped } from './deflated.ts'

const ROWS = 2000
const SIDE = 28
const file = new URL('../src/apps/studio/assets/mnist-sample.npz', import.meta.url)

const mnist = await openData('mnist')
const rows = spreadRows(mnist.count, ROWS)
const { data } = await mnist.read(rows)
const labels = Int32Array.from(rows, (row) => mnist.labels?.[row] ?? 0)
const bytes = zipped({
  'images.npy': writeNpy({ data, shape: [ROWS, SIDE, SIDE] }),
  'labels.npy': writeNpy({ data: labels, shape: [ROWS] }),
})
writeFileSync(file, bytes)
console.log(`${ROWS} digits, ${bytes.length} bytes`)
