import { expect, test } from 'vitest'
import { readSafetensors, writeSafetensors } from '../../../data/formats/safetensors.ts'
import { SeriesHeld } from './held-series.ts'

const shape = { recent: [2, 1], encoded: [0, 0] } as const

test('what had no rows for longest is let go, and begins anew', () => {
  const held = new SeriesHeld({ recent: [2 ** 22, 1], encoded: [0, 0] })
  expect(held.most).toBe(4)
  for (const name of 'abcd') held.of(name).time = 1
  held.of('a')
  held.of('e')
  expect(held.dropped).toBe(1)
  expect(held.of('a').time).toBe(1)
  expect(held.of('b').time).toBe(Number.NaN)
})

test('what is saved is what is held, in its order', () => {
  const held = new SeriesHeld(shape)
  for (const [at, name] of ['x', 'y', 'x'].entries()) {
    const series = held.of(name)
    series.time = at
    series.recent.data[0] = 10 + at
    series.recent.count = 1
  }
  const saved = held.saved()
  expect(saved.names).toEqual(['y', 'x'])
  const again = new SeriesHeld(shape, saved)
  expect(again.saved()).toEqual(saved)
  expect(again.of('x').recent).toEqual({
    data: Float64Array.of(12, 0),
    believed: new Uint8Array(2),
    count: 1,
  })
  expect(() => new SeriesHeld({ recent: [3, 1], encoded: [0, 0] }, saved)).toThrow('live/state')
})

test('what is no state of series is refused', () => {
  const { names, tensors } = new SeriesHeld(shape).saved()
  const { numbers: _, ...others } = tensors
  expect(() => new SeriesHeld(shape, { names, tensors: others })).toThrow('live/state')
})

test('series may be called anything that a cell can hold', () => {
  const names = [
    '"quoted"',
    'two\nlines',
    'tab\tand \\',
    'Ærø 水 🌊',
    '',
    '__proto__',
    '{"names":[]}',
    '\u0000',
  ]
  const held = new SeriesHeld(shape)
  names.forEach((name, at) => {
    held.of(name).time = at
  })
  const { names: kept, tensors } = held.saved()
  const bytes = writeSafetensors(tensors, { names: JSON.stringify(kept) })
  const read = readSafetensors(bytes)
  const again = new SeriesHeld(shape, { names: JSON.parse(read.metadata.names), tensors: read.tensors })
  expect(again.saved().names).toEqual(names)
  expect(names.map((name) => again.of(name).time)).toEqual([...names.keys()])
})
