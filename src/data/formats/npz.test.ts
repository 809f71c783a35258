import { expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { openNpz, writeNpz } from './npz.ts'

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
