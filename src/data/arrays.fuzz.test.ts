import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { crc32 as checksum } from '../base/crc32.ts'
import { BetavaeError } from '../base/errors.ts'
import { writeNpy } from './formats/npy.ts'
import { writeNpz } from './formats/npz.ts'
import { openBytes } from './open-bytes.ts'
import { dice } from './tables/readers/dice.testing.ts'
import { mutated } from './tables/readers/mutants.testing.ts'

const bits = ndarray(
  Uint8Array.from({ length: 60 }, (_, i) => Number((i * i) % 7 < 2)),
  [20, 3],
)
const reals = ndarray(
  Float32Array.from({ length: 40 }, (_, i) => i / 7),
  [20, 2],
)
const classes = ndarray(
  Int32Array.from({ length: 20 }, (_, i) => i % 3),
  [20],
)
const arrays = { data: reals, labels: classes, factors: ndarray(classes.data, [20, 1]) }
const parts = { x_train: bits, y_train: classes, x_test: bits, y_test: classes }

/** An archive that is whole, of an array that is not: its checksum is that of what is in it. */
function archiveOf(npy: Uint8Array): Uint8Array {
  const zip = writeNpz({ data: { data: npy, shape: [npy.length] } }, { compress: false })
  const header = writeNpy({ data: npy, shape: [npy.length] }).length - npy.length
  const view = new DataView(zip.buffer, zip.byteOffset)
  const begin = 30 + view.getUint16(26, true) + view.getUint16(28, true)
  zip.copyWithin(begin, begin + header, begin + header + npy.length)
  const central = view.getUint32(zip.length - 6, true)
  view.setUint32(central + 16, checksum(npy), true)
  view.setUint32(central + 20, npy.length, true)
  view.setUint32(central + 24, npy.length, true)
  return zip
}

const idx = Uint8Array.from([0, 0, 11, 2, 0, 0, 0, 20, 0, 0, 0, 3, ...new Array(120).fill(5)])
const gzipped = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes))

/** Files, and what is changed in them: the bytes themselves, or the array inside of a whole archive. */
const files: readonly (readonly [string, number, readonly Uint8Array[]])[] = [
  ['a.npy', 10_000, [writeNpy(bits), writeNpy(reals), writeNpy(classes)]],
  ['a.npz', 10_000, [writeNpz(arrays), writeNpz(parts), writeNpz(arrays, { compress: false })]],
  ['inside.npz', 10_000, [writeNpy(bits), writeNpy(reals)]],
  ['a.idx.gz', 2_000, [gzipped(idx), gzipped(writeNpy(reals))]],
  ['inside.gz', 2_000, [idx, writeNpy(reals)]],
]

async function outcomeOf(name: string, bytes: Uint8Array, memory: number): Promise<'read' | 'refused'> {
  try {
    const dataset = openBytes(name, bytes, { memory })
    const count = Math.min(dataset.count, 5)
    const { data, shape } = await dataset.read(Uint32Array.from({ length: count }, (_, row) => row))
    if (shape.reduce((size, extent) => size * extent, 1) !== data.length)
      throw new Error('a batch of another size')
    return 'read'
  } catch (error) {
    if (error instanceof BetavaeError) return 'refused'
    throw new Error(`${name}: ${Buffer.from(bytes).toString('base64')}`, { cause: error })
  }
}

test.each(files)(
  '%s: %i mutated files are read or refused, in little memory',
  async (name, count, seedlings) => {
    const roll = dice(2463534242)
    const outcomes = { read: 0, refused: 0 }
    for (let file = 0; file < count; file++) {
      const changed = mutated(seedlings[file % seedlings.length], roll)
      const bytes =
        name === 'inside.npz' ? archiveOf(changed) : name === 'inside.gz' ? gzipped(changed) : changed
      // Every other file is too large to be held, so that zeros and ones of it are packed.
      outcomes[await outcomeOf(name, bytes, file % 2 === 0 ? 2 ** 30 : 0)]++
    }
    // Were all refused, or none, the mutations would show nothing.
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(count / 100)
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(2 ** 29)
  },
  120_000,
)
