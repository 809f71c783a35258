import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { writeNpy } from './npy.ts'
import { openNpz, writeNpz } from './npz.ts'
import { zipMembers } from './zip.ts'

const arrays = {
  data: ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
  labels: ndarray(Int32Array.of(0, 1), [2]),
}

function readNpz(bytes: Uint8Array) {
  const npz = openNpz(bytes)
  return Object.fromEntries([...npz.sizes.keys()].map((name) => [name, npz.read(name)]))
}

test('reads what numpy.savez_compressed wrote', () => {
  const file =
    'UEsDBC0AAAAIAAAAIQB8nN6i//////////8IABQAZGF0YS5ucHkBABAAmAAAAAAAAABYAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgaGBnsGBgYHIALiBiBeAMQHHABQSwMELQAAAAgAAAAhAH5q+8n//////////woAFABsYWJlbHMubnB5AQAQAJAAAAAAAAAASQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuBihghNIAUEsBAi0DLQAAAAgAAAAhAHyc3qJYAAAAmAAAAAgAAAAAAAAAAAAAAIABAAAAAGRhdGEubnB5UEsBAi0DLQAAAAgAAAAhAH5q+8lJAAAAkAAAAAoAAAAAAAAAAAAAAIABkgAAAGxhYmVscy5ucHlQSwUGAAAAAAIAAgBuAAAAFwEAAAAA'
  expect(readNpz(new Uint8Array(Buffer.from(file, 'base64')))).toEqual(arrays)
})

test('gives back what writeNpz was given, compressed or not, with the same bytes each time', () => {
  for (const compress of [true, false]) {
    expect(readNpz(writeNpz(arrays, { compress }))).toEqual(arrays)
    expect(writeNpz(arrays, { compress })).toEqual(writeNpz(arrays, { compress }))
  }
})

test('refuses numbers that have changed: an archive has their checksum', () => {
  const changed = writeNpz(arrays, { compress: false })
  changed[170] ^= 1
  expect(() => readNpz(changed)).toThrowError('[npz/torn]')
})

test('refuses a torn archive', () => {
  const torn = writeNpz(arrays).subarray(0, 100)
  expect(() => readNpz(torn)).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an .npz file of 100 bytes that does not unzip; wanted a whole zip archive of .npy files. Fix: write the file again with numpy.savez or numpy.savez_compressed. [npz/torn]]`,
  )
})

test('has the arrays alone, and says how large each file of one is before it is read', () => {
  const names = writeNpz({ 'a.b': arrays.labels })
  expect([...openNpz(names).sizes]).toEqual([['a.b', writeNpy(arrays.labels).length]])
  const mixed = zipSync({
    'readme.txt': Uint8Array.of(1, 2),
    'x.npy': writeNpy(arrays.data),
    'folder/y.npy': writeNpy(arrays.labels),
    npy: Uint8Array.of(3),
  })
  expect([...openNpz(mixed).sizes.keys()]).toEqual(['x', 'folder/y'])
  expect(openNpz(mixed).read('folder/y')).toEqual(arrays.labels)
  expect(openNpz(mixed).texts('x')).toBeUndefined()
})

test('an array of more bytes than are allowed is refused, unless it is packed by little', () => {
  const even = { data: ndarray(new Uint8Array(200_000), [200_000]) }
  const size = writeNpy(even.data).length
  for (const asked of ['read', 'texts'] as const) {
    expect(() => openNpz(writeNpz(even), size - 1)[asked]('data')).toThrow('[data/too-large]')
    expect(() => openNpz(writeNpz(even), size)[asked]('data')).not.toThrow()
    expect(() => openNpz(writeNpz(even, { compress: false }), 1)[asked]('data')).not.toThrow()
  }
})

test('is unpacked piece by piece for as long as somebody takes them', () => {
  const noise = ndarray(
    Float64Array.from({ length: 40_000 }, (_, i) => Math.sin(i * i)),
    [40_000],
  )
  const npz = openNpz(writeNpz({ noise }))
  const takenOf = (most: number): Uint8Array[] => {
    const taken: Uint8Array[] = []
    npz.unpack('noise', (piece) => taken.push(piece) < most)
    return taken
  }
  const all = takenOf(Number.POSITIVE_INFINITY)
  expect(all.length).toBeGreaterThan(3)
  expect(Buffer.compare(Buffer.concat(all), writeNpy(noise))).toBe(0)
  expect(takenOf(1)).toEqual(all.slice(0, 1))
  expect(takenOf(2)).toEqual(all.slice(0, 2))
})

test('is compressed unless told otherwise, and dated at the beginning of zip’s time', () => {
  const even = { data: ndarray(new Uint8Array(1000), [1000]) }
  const deflated = (bytes: Uint8Array) => zipMembers(bytes).map(({ isDeflated }) => isDeflated)
  expect(deflated(writeNpz(even))).toEqual([true])
  expect(deflated(writeNpz(even, {}))).toEqual([true])
  expect(deflated(writeNpz(even, { compress: true }))).toEqual([true])
  expect(deflated(writeNpz(even, { compress: false }))).toEqual([false])
  // Two seconds, minutes, hours; then day, month and years since 1980.
  const time = new DataView(writeNpz(even).buffer).getUint32(10, true)
  expect([time & 0xffff, (time >>> 16) & 31, (time >>> 21) & 15, time >>> 25]).toEqual([0, 1, 1, 0])
})
