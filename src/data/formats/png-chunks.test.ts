import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pngChunk, pngOf } from './png.testing.ts'
import { isPng, pngSize, readPng } from './png.ts'
import { tellsBits } from './png-colors.ts'

const inflate = (bytes: Uint8Array): Uint8Array => new Uint8Array(inflateSync(bytes))
const form = { width: 2, height: 1, depth: 8, colorType: 0 }
const header = [0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]
const fileOf = (...chunks: Uint8Array[]) =>
  Uint8Array.from([...pngOf([1, 2], form).subarray(0, 8), ...chunks.flatMap((chunk) => [...chunk])])
const data = pngOf([1, 2], form).subarray(8 + 25, -12)

test('an image begins with its header and ends with its end, and what is unknown between is passed over', () => {
  const [ihdr, iend, other] = [pngChunk('IHDR', header), pngChunk('IEND', []), pngChunk('tEXt', [1, 2])]
  expect([...readPng(fileOf(ihdr, other, data, other, iend), inflate).data]).toEqual([1, 2])
  expect([...readPng(fileOf(ihdr, data, iend, pngChunk('eXIf', [1])), inflate).data]).toEqual([1, 2])
  for (const bad of [
    [other, ihdr, data, iend],
    [pngChunk('IHDX', header), data, iend],
    [pngChunk('IHDR', [...header, 0]), data, iend],
    [ihdr, data],
    [ihdr, data, other],
  ])
    expect(() => readPng(fileOf(...bad), inflate)).toThrow(/\[png\/torn\]/)
})

test.each([
  ['no width', { 3: 0 }],
  ['no height', { 7: 0 }],
  ['a depth that is none', { 8: 3 }],
  ['a color type that is none', { 9: 1 }],
  ['another packing', { 10: 1 }],
  ['another filtering', { 11: 1 }],
  ['another interlacing', { 12: 2 }],
])('%s is no form that the standard knows', (_, changes) => {
  const changed = Object.assign([...header], changes)
  expect(() => pngSize(fileOf(pngChunk('IHDR', changed), data, pngChunk('IEND', [])))).toThrow(
    /\[png\/torn\]/,
  )
})

test('an image is known by all eight bytes of its mark', () => {
  const file = pngOf([1, 2], form)
  expect(isPng(file)).toBe(true)
  for (let at = 0; at < 8; at++) expect(isPng(file.with(at, 0)), `byte ${at}`).toBe(false)
})

test('of 16 bits some count where an image says so', () => {
  expect([undefined, 0, 8, 9, 12, 15, 16].map(tellsBits)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
    false,
  ])
})
