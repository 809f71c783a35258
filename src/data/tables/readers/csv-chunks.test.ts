import { describe, expect, test } from 'vitest'
import type { WholeRows } from '../cell.ts'
import { csv } from './csv.ts'
import type { Keeping } from './keeping.ts'
import type { ReadTableOptions } from './reader.ts'
import { collected, sourceOf } from './sources.testing.ts'

/** A text of which each line comes by itself. */
function linesOf(...lines: string[]) {
  const text = lines.map((line) => `${line}\n`).join('')
  const cuts = [...text.matchAll(/\n/g)].map(({ index }) => index + 1)
  return sourceOf(text, cuts)
}
const read = (lines: string[], options?: ReadTableOptions) => collected(csv.read(linesOf(...lines), options))
const TABLE = ['city,n', ...Array.from({ length: 5 }, (_, n) => `${['Oslo', 'Rome'][n % 2]},${n}`)]

describe('chunks', () => {
  test('have as many rows as are asked for, each with its line', async () => {
    const chunks = await read(TABLE, { chunkRows: 2 })
    expect(chunks).toEqual([
      {
        columns: ['city', 'n'],
        first: 0,
        rows: [
          ['Oslo', '0'],
          ['Rome', '1'],
        ],
        lines: [2, 3],
      },
      {
        columns: ['city', 'n'],
        first: 2,
        rows: [
          ['Oslo', '2'],
          ['Rome', '3'],
        ],
        lines: [4, 5],
      },
      { columns: ['city', 'n'], first: 4, rows: [['Oslo', '4']], lines: [6] },
    ])
    expect((await read(TABLE)).map(({ rows }) => rows.length)).toEqual([5])
    expect(await read(TABLE, { chunkRows: 5 })).toHaveLength(1)
  })

  test('come with their bytes where they are wanted at once', async () => {
    const chunks = await read(TABLE, { eager: true, header: true, separator: ',' })
    expect(chunks.map(({ first, rows }) => [first, rows.length])).toEqual(
      [0, 1, 2, 3, 4].map((first) => [first, 1]),
    )
    expect(chunks.flatMap(({ lines }) => lines)).toEqual([2, 3, 4, 5, 6])
  })

  test('are kept by whoever keeps them', async () => {
    const asked: unknown[] = []
    const keeping = {
      csv(...said: unknown[]) {
        asked.push(said)
        return { columns: [] } as unknown as WholeRows
      },
    } as unknown as Keeping
    const [{ whole }] = await read(['city;n', 'Oslo;1', 'Rome;2'], { keeping })
    expect(whole).toEqual({ columns: [] })
    await read(['1,2', '3,4'], { keeping, header: false })
    expect(asked).toEqual([
      [['city', 'n'], ';', true],
      [['0', '1'], ',', false],
    ])
  })

  test('have names that tell columns apart, and notes once', async () => {
    const [first, ...others] = await read(['a,,a', ...new Array(4).fill('1,2,3'), '4,5'], { chunkRows: 2 })
    expect(first.columns).toEqual(['a', 'Unnamed: 1', 'a.1'])
    expect([first, ...others].flatMap(({ notes }) => notes ?? [])).toEqual([
      expect.stringContaining('the row on line 6 has'),
    ])
    const short = ['a,b', '1,2', '3', '4', '5,6']
    const told = (await read(short, { eager: true, header: true, separator: ',' })).map(
      ({ notes }) => notes?.length,
    )
    expect(told).toEqual([undefined, 1, undefined, undefined])
  })
})

describe('NUL bytes are told of, with their place', () => {
  test.each<[string, string[], string]>([
    ['in the line of names', ['city,n\0', 'Oslo,1', 'Rome,2'], 'a NUL byte at the line of names, column 2'],
    ['in the first row', ['city,n', 'Os\0lo,1', 'Rome,2'], 'a NUL byte at row 1 (line 2), column "city"'],
    [
      'in a later row',
      ['city,n', 'Oslo,1', '', 'Rome,2\0', 'Oslo,3'],
      'a NUL byte at row 2 (line 4), column "n"',
    ],
    [
      'in the last row',
      ['city,n', 'Oslo,1', 'Rome,2', 'Bern,\0'],
      'a NUL byte at row 3 (line 4), column "n"',
    ],
  ])('%s', async (_, lines, seen) => {
    for (const chunkRows of [1, 100]) {
      await expect(read(lines, { chunkRows })).rejects.toThrow(seen)
      await expect(read(lines, { chunkRows })).rejects.toThrow('[table/nul]')
    }
  })
})

describe('a table of one column', () => {
  const odd = ['a^b^c', '1^2^3', '4^5^6']

  test('that falls into others is refused, unless its separator is named', async () => {
    await expect(read(odd)).rejects.toThrow('[csv/separator]')
    await expect(read(odd, { header: false })).rejects.toThrow('[csv/separator]')
    expect((await read(odd, { separator: ',' }))[0].columns).toEqual(['a^b^c'])
    expect((await read(odd, { separator: '^' }))[0].columns).toEqual(['a', 'b', 'c'])
    // Names count as a line where they are one.
    expect((await read(['name', ...odd.slice(1)], { header: true }))[0].columns).toEqual(['name'])
    expect((await read(odd.map((line) => `${line},x`)))[0].columns).toHaveLength(2)
  })

  test('is looked at in its first chunk alone', async () => {
    const late = ['x', 'y', '1^2^3', '4^5^6']
    expect(await read(late, { chunkRows: 2, header: false })).toHaveLength(2)
  })
})

test('a table has rows, and names alone are none', async () => {
  await expect(read([])).rejects.toThrow(/a CSV file without a row.*\[csv\/empty\]/)
  await expect(read(['', ''])).rejects.toThrow('a CSV file without a row')
  await expect(read(['a,b'], { header: true })).rejects.toThrow(/column names without a row.*\[csv\/empty\]/)
})

test('where a text is torn is told by the line that has been come to', async () => {
  const torn = Uint8Array.from([...new TextEncoder().encode('city,n\nZürich,1\n'), 0xff, 10])
  await expect(collected(csv.read(sourceOf(torn, [7, 15, 16, 17])))).rejects.toThrow(
    /no UTF-8 \(ff\b[^)]*\) in .*line 3/,
  )
})
