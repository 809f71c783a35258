import { expect, test } from 'vitest'
import { markedCsv } from './csv-mark.ts'
import { openTableBytes } from './open-table-bytes.ts'

test('a file is marked where a letter needs that, and read the same', async () => {
  const text = 'Größe,a\nä,1\n'
  expect(markedCsv('a,b\n1,2\n')).toBe('a,b\n1,2\n')
  const marked = new TextEncoder().encode(markedCsv(text))
  expect([...marked.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const rowsOf = async (bytes: Uint8Array) => {
    const chunks = []
    for await (const { columns, rows } of openTableBytes('t.csv', bytes).chunks())
      chunks.push({ columns, rows })
    return chunks
  }
  expect(await rowsOf(marked)).toEqual(await rowsOf(new TextEncoder().encode(text)))
})
