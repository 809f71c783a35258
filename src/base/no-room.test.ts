import { expect, test } from 'vitest'
import { BetavaeError } from './errors.ts'
import { noRoom } from './no-room.ts'

function thrown(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test.each([2 ** 53, 2 ** 47, -1])('an array of %d numbers that cannot be made is told', (length) => {
  expect(noRoom(thrown(() => new Float32Array(length)))).toMatchObject({ code: 'memory/no-room' })
})

test('other errors are left alone', () => {
  const ours = new BetavaeError({ code: 'a/b', seen: 'out of memory', wanted: 'x', fix: 'y' })
  for (const error of [new RangeError('Maximum call stack size exceeded'), ours, 'out of memory'])
    expect(noRoom(error)).toBeUndefined()
})
