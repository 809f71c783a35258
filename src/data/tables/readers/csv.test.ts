import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine } from '../../formats/records.ts'
import { csv } from './csv.ts'
import type { ReadTableOptions } from './reader.ts'
import { readAll, sourceOf } from './sources.testing.ts'

const read = (data: string | Uint8Array, options?: ReadTableOptions, cuts?: number[]) =>
  readAll(csv, sourceOf(data, cuts), options)

const errorOf = (data: string | Uint8Array, options?: ReadTableOptions) =>
  read(data, options).then(
    () => 'no error',
    (error: Error) => error.message,
  )

describe('the CSV reader', () => {
  test('gives cells as they stand, with the line of each row', async () => {
    const text = '\ufeffa,"b ""x""",c\r\n1, two ,\r\n\r\n"3\r\n4" ,"",é\n'
    expect(await read(text)).toEqual({
      columns: ['a', 'b "x"', 'c'],
      rows: [
        ['1', ' two ', ''],
        ['3\r\n4', '', 'é'],
      ],
      lines: [2, 4],
      sizes: [2],
    })
  })

  test.each([
    ['semicolons', 'a;b\n1,5;2\n'],
    ['tabs', 'a\tb\n1,5\t2\n'],
    ['bars', 'a|b\n1,5|2\n'],
    ['line ends of old', 'a;b\r1,5;2\r'],
  ])('takes %s', async (_, text) => {
    expect(await read(text)).toMatchObject({ columns: ['a', 'b'], rows: [['1,5', '2']], lines: [2] })
  })

  test('takes the separator and the header it is told', async () => {
    expect(await read('1:2\n3:4\n', { separator: ':', header: true })).toMatchObject({
      columns: ['1', '2'],
      rows: [['3', '4']],
    })
    expect(await read('a,b\n', { header: false })).toMatchObject({ columns: ['0', '1'], rows: [['a', 'b']] })
  })

  test('keeps a row of which every cell is empty, and calls a nameless column so', async () => {
    expect(await read(',b\n,\n1,\n')).toMatchObject({
      columns: ['Unnamed: 0', 'b'],
      rows: [
        ['', ''],
        ['1', ''],
      ],
    })
    expect(await read('a\tb\n\t\n')).toMatchObject({ rows: [['', '']] })
    expect(await read('a\n""\n\n1\n')).toMatchObject({ rows: [[''], ['1']], lines: [2, 4] })
  })

  test('tells columns of one name apart', async () => {
    expect((await read('a,b,a,a.1,\n1,2,3,4,5\n')).columns).toEqual(['a', 'b', 'a.2', 'a.1', 'Unnamed: 4'])
  })

  test('hands rows on in chunks, or as soon as they have come', async () => {
    const text = `a\n${'1\n'.repeat(10)}`
    expect((await read(text, { chunkRows: 4 })).sizes).toEqual([4, 4, 2])
    expect((await read(text, { eager: true }, [5, 7, 13])).sizes).toEqual([1, 1, 3, 5])
  })

  test('stays in bounded memory where records are long', async () => {
    const row = `${'x'.repeat(2 ** 20)},1\n`
    const { sizes } = await read(`a,b\n${row.repeat(70)}`)
    expect(Math.max(...sizes)).toBeLessThan(40)
  })
})

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.stringMatching(/^[ ",;|\t\r\nxé北😀]{0,5}$/u),
)
/** A first name that the text before it cannot be taken for a number or a mark. */
const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 8 }))
  .chain(([columns, rows]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )

describe('whatever the pieces', () => {
  test('a written table reads back', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(200)),
        fc.boolean(),
        async (rows, lineEnd, cuts, mark) => {
          const names = rows[0].map((_, index) => `n${index}`)
          const lines = rows.map((row) => csvLine(row))
          fc.pre(lines.every((line) => line.trim() !== ''))
          // A last row that is no line below the table.
          const last = names.map(() => 'z')
          const text = `${mark ? '\ufeff' : ''}${[names.join(','), ...lines, csvLine(last)].join(lineEnd)}${lineEnd}`
          const whole = await read(text)
          expect(whole).toMatchObject({ columns: names, rows: [...rows, last] })
          expect(await read(text, {}, cuts)).toEqual(whole)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('any text gives the same rows or the same error', async () => {
    const text = fc.stringMatching(/^[ab1,;"\r\n é\0]{0,40}$/)
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40)), async (text, cuts) => {
        const outcome = (cuts: number[]) => read(text, {}, cuts).catch((error: Error) => error.message)
        expect(await outcome(cuts)).toEqual(await outcome([]))
      }),
      { numRuns: 1000 },
    )
  })
})

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  )

describe('what cannot be read is refused', () => {
  test('ragged rows', async () => {
    expect(await errorOf('a,b\n"1\n1",2\n3,4,5\n')).toMatchInlineSnapshot(
      `"3 cells in row 2 (line 4); wanted 2, as in the first line. Fix: put quotes around cells that have the separator in them, or name another with --separator. [csv/ragged]"`,
    )
  })

  test('NUL bytes', async () => {
    expect(await errorOf('a,b\n1,2\n3,x\0y\n')).toMatchInlineSnapshot(
      `"a NUL byte at row 2 (line 3), column "b"; wanted text. Fix: check that the file is a text table and was copied whole, or take the NULs out with tr -d "\\000". [table/nul]"`,
    )
    expect(await errorOf('a,b\0\n1,2\n')).toMatchInlineSnapshot(
      `"a NUL byte at the line of names, column 2; wanted text. Fix: check that the file is a text table and was copied whole, or take the NULs out with tr -d "\\000". [table/nul]"`,
    )
  })

  test('quotes left open or in the wrong place', async () => {
    expect(await errorOf('a,b\n1,"2\n3,4\n')).toMatchInlineSnapshot(
      `"the cell "2 on line 2; wanted quotes around the whole cell, doubled inside it. Fix: mend the quotes of this line. [csv/quotes]"`,
    )
    expect(await errorOf('a,b\n1,5" pipe\n')).toMatchInlineSnapshot(
      `"the cell 5" pipe on line 2; wanted quotes around the whole cell, doubled inside it. Fix: mend the quotes of this line. [csv/quotes]"`,
    )
    expect(await errorOf('a,b\n1,"2"x\n')).toMatchInlineSnapshot(
      `"the cell "2"x on line 2; wanted quotes around the whole cell, doubled inside it. Fix: mend the quotes of this line. [csv/quotes]"`,
    )
  })

  test('other encodings', async () => {
    expect(await errorOf(bytes('a,b\n1,2\n3,Z', [0xc3, 0xbc, 0xfc], 'rich\n'))).toMatchInlineSnapshot(
      `"bytes that are no UTF-8 (fc 72 69 63) in row 2 (line 3); wanted UTF-8 text. Fix: name its encoding where it is a table (--encoding windows-1251, shift_jis, …), or save the file as UTF-8. [text/utf-8]"`,
    )
    expect(await errorOf(bytes('a,b\n1,', [0xe5, 0x8c]))).toMatchInlineSnapshot(
      `"bytes that are no UTF-8 (e5 8c) in row 1 (line 2); wanted UTF-8 text. Fix: name its encoding where it is a table (--encoding windows-1251, shift_jis, …), or save the file as UTF-8. [text/utf-8]"`,
    )
    expect(await errorOf(bytes([0xff, 0xfe, 0x61, 0, 0x0a, 0, 0x00, 0xd8, 0x61, 0]))).toMatchInlineSnapshot(
      `"bytes that are no UTF-16 in the first line (line 1); wanted UTF-16 text, as the beginning of the file promises. Fix: copy the file again, or save it as UTF-8. [text/utf-16]"`,
    )
  })

  test('a line without an end', async () => {
    const long = 'x'.repeat(2000)
    expect(await errorOf(`a,b\n1,${long}`, { longest: 1000 })).toMatchInlineSnapshot(
      `"more than 1000 characters without an end of the record that begins on line 2; wanted one record a line. Fix: check that this is a text table, and that every quote opened on this line is closed. [text/long-record]"`,
    )
    expect(await errorOf(`a,b\n1,${long}\n`, { longest: 1000 })).toMatch('line 2; ')
    expect(await errorOf(`a,b\n1,2\n"${'1,2\n'.repeat(500)}`, { longest: 1000 })).toMatch('line 3; ')
  })

  test('a line of 2 GB long before it has been read', async () => {
    let read = 0
    async function* pieces() {
      const piece = new Uint8Array(2 ** 20).fill(97)
      for (; read < 2048; read++) yield piece
    }
    const chunks = csv.read({ pieces, stored: () => Promise.reject(new Error('not by place')) })
    await expect(chunks.next()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: more than 16777216 characters without an end of the record that begins on line 1; wanted one record a line. Fix: check that this is a text table, and that every quote opened on this line is closed. [text/long-record]]`,
    )
    expect(read).toBeLessThan(40)
  })

  test('an odd separator', async () => {
    expect(await errorOf('a^b^c\n1^2^3\n4^5^6\n')).toMatchInlineSnapshot(
      `"lines of one cell that look separated by "^"; wanted a comma, a semicolon, a tab, a bar or blanks between cells. Fix: name the separator: --separator '^'. [csv/separator]"`,
    )
    expect(await read('a^b^c\n1^2^3\n', { separator: '^' })).toMatchObject({ columns: ['a', 'b', 'c'] })
    expect(await read('text\none two three\nfour five\n')).toMatchObject({ columns: ['text'] })
  })

  test('no rows', async () => {
    expect(await errorOf('')).toMatchInlineSnapshot(
      `"a CSV file without a row; wanted a line of column names and at least one row. Fix: check that this is the right file. [csv/empty]"`,
    )
    expect(await errorOf('a,b\n\n')).toMatchInlineSnapshot(
      `"column names without a row; wanted a line of column names and at least one row. Fix: check that this is the right file. [csv/empty]"`,
    )
  })
})
