import { tableFromArrays, tableToIPC } from '@uwdata/flechette'
import { describe, expect, test } from 'vitest'
import { arrowMessages, MOST_METADATA } from './arrow-messages.ts'
import { sourceOf } from './sources.testing.ts'

const stream = tableToIPC(tableFromArrays({ x: [1, 2, 3], text: ['a', 'b', 'c'] }), {
  format: 'stream',
}) as Uint8Array

async function messagesOf(bytes: Uint8Array, cuts?: number[]) {
  const all: { kind: string; bytes: Uint8Array }[] = []
  for await (const message of arrowMessages(sourceOf(bytes, cuts).pieces())) all.push(message)
  return all
}
const whole = await messagesOf(stream)
/** Where messages end, the mark at the end of the stream among them. */
const ends = whole.map((_, at) => whole.slice(0, at + 1).reduce((sum, { bytes }) => sum + bytes.length, 0))

describe('messages', () => {
  test('are the stream in parts, whatever pieces it comes in', async () => {
    expect(whole.map(({ kind }) => kind)).toEqual(
      ['schema', 'dictionary', 'rows'].filter((kind) => whole.some((one) => one.kind === kind)),
    )
    expect(Buffer.concat(whole.map(({ bytes }) => bytes))).toEqual(Buffer.from(stream.subarray(0, -8)))
    for (const cuts of [
      [1, 2, 3],
      [8],
      [7, 9, 400],
      ends,
      Array.from({ length: stream.length }, (_, at) => at),
    ])
      expect((await messagesOf(stream, cuts)).map(({ bytes }) => [...bytes])).toEqual(
        whole.map(({ bytes }) => [...bytes]),
      )
  })

  test('of a file stand behind its mark', async () => {
    const file = tableToIPC(tableFromArrays({ x: [1, 2, 3] }), { format: 'file' }) as Uint8Array
    expect((await messagesOf(file)).map(({ kind }) => kind)).toEqual(['schema', 'rows'])
  })

  test('need no mark behind the last, but are whole', async () => {
    for (let end = 0; end < stream.length; end++) {
      const found = messagesOf(stream.subarray(0, end))
      if (end === 0 || ends.includes(end))
        expect(await found).toHaveLength(ends.filter((one) => one <= end).length)
      else await expect(found, `${end} bytes`).rejects.toThrow('[arrow/torn]')
    }
  })

  test('end where the stream says so', async () => {
    expect(await messagesOf(Buffer.concat([stream, Buffer.from('anything else')]))).toHaveLength(whole.length)
  })

  test('stop what they come from when nobody reads on', async () => {
    let isOpen = true
    async function* pieces() {
      try {
        yield stream
      } finally {
        isOpen = false
      }
    }
    for await (const { kind } of arrowMessages(pieces())) {
      expect(kind).toBe('schema')
      break
    }
    expect(isOpen).toBe(false)
    const unstoppable = {
      [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: stream }) }),
    }
    for await (const { kind } of arrowMessages(unstoppable as AsyncIterable<Uint8Array>)) {
      expect(kind).toBe('schema')
      break
    }
  })
})

describe('is refused', () => {
  const beginning = (mark: number, length: number) => {
    const bytes = stream.slice()
    const view = new DataView(bytes.buffer)
    view.setUint32(0, mark, true)
    view.setUint32(4, length, true)
    return bytes
  }
  const length = new DataView(stream.buffer, stream.byteOffset).getUint32(4, true)

  test.each<[string, Uint8Array, string]>([
    ['a message without its mark', beginning(0xfffffffe, length), 'no message where one should begin'],
    ['one of too much metadata', beginning(0xffffffff, MOST_METADATA + 1), '67108865 bytes of metadata'],
    ['one of as much as there may be, but is not', beginning(0xffffffff, MOST_METADATA), 'a message cut off'],
    ['one cut off in its mark', stream.subarray(0, 6), 'a message cut off'],
    ['rows cut off', stream.subarray(0, -9), 'rows cut off'],
    ['metadata that make no sense', stream.slice().fill(255, 8, 40), 'cannot be read'],
    ['Feather of version 1', new TextEncoder().encode('FEA1 and more'), '[arrow/feather]'],
  ])('%s', async (_, bytes, seen) => {
    await expect(messagesOf(bytes)).rejects.toThrow(seen)
  })
})
