import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankRecord } from './blank-record.ts'
import { HeldText } from './held-text.ts'
import { closingQuote, type Quotes, quoteMark, unquoted } from './quoted-record.ts'
import { BLANKS, type CsvRecord, CsvSplitter, type CsvSplitting, csvLine, linesIn } from './records.ts'

/** The records of a text that comes in pieces. */
function recordsOf(pieces: readonly string[], options?: CsvSplitting): CsvRecord[] {
  const splitter = new CsvSplitter(options)
  return [...pieces.flatMap((piece) => [...splitter.push(piece)]), ...splitter.end()]
}
const cellsOf = (text: string, options?: CsvSplitting) => recordsOf([text], options).map(({ cells }) => cells)
const cut = (text: string, places: readonly number[]): string[] => {
  const ends = [0, ...places.map((at) => at % (text.length + 1)).toSorted((a, b) => a - b), text.length]
  return ends.slice(1).map((end, at) => text.slice(ends[at], end))
}

/** How a cell is written, by a rule of its own for each way of quoting. */
const written: Readonly<Record<Quotes, (cell: string) => string>> = {
  doubled: (cell) => `"${cell.split('"').join('""')}"`,
  escaped: (cell) => `"${cell.split('"').join('\\"')}"`,
  single: (cell) => `'${cell.split("'").join("''")}'`,
  literal: (cell) => cell,
}
/** What stands in cells: between backslashes and quotes that would mean something else there is a letter. */
const alphabet: Readonly<Record<Quotes, RegExp>> = {
  doubled: /^[ab1 ,;'"\r\n\t\\]{0,6}$/,
  escaped: /^(?:[ab1 ,;'\r\n\t]|"a){0,6}$/,
  single: /^[ab1 ,;'"\r\n\t\\]{0,6}$/,
  literal: /^(?:[ab1 '\\]|[ab]"b){1,6}$/,
}

test.each(['doubled', 'escaped', 'single', 'literal'] as const)(
  'records with quotes that are %s come out as they were written, in whatever pieces, with the lines they begin on',
  (quotes) => {
    const cell = fc.stringMatching(alphabet[quotes])
    const record = fc.array(cell, { minLength: 2, maxLength: 4 })
    const end = fc.constantFrom('\n', '\r\n', '\r')
    const aText = fc.record({
      records: fc.array(fc.tuple(record, end), { minLength: 1, maxLength: 5 }),
      cuts: fc.array(fc.nat(200), { maxLength: 6 }),
      separator: fc.constantFrom(',', ';', '\t', '^'),
      line: fc.integer({ min: 1, max: 9 }),
      isOpen: fc.boolean(),
    })
    fc.assert(
      fc.property(aText, ({ records, cuts, separator, line, isOpen }) => {
        let text = ''
        const wanted = records.map(([cells, lineEnd], at) => {
          // A return before a feed would be one end.
          const begin = line + linesIn(text)
          const isLast = at === records.length - 1
          const kept = cells.map((one) => (quotes === 'literal' ? one.replaceAll(separator, '') : one))
          text += kept.map(written[quotes]).join(separator) + (isLast && isOpen ? '' : lineEnd)
          return { line: begin, cells: kept }
        })
        expect(recordsOf(cut(text, cuts), { separator, quotes, line })).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  },
)

test('cells without quotes, too, and between blanks', () => {
  const word = fc.stringMatching(/^[a-z0-9.,;'-]{1,4}$/)
  const gap = fc.stringMatching(/^[ \t]{1,3}$/)
  const records = fc.array(fc.array(fc.tuple(gap, word, fc.boolean()), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(records, fc.array(fc.nat(99)), fc.boolean(), (rows, cuts, isIndented) => {
      const lines = rows.map((cells) => {
        const line = cells.map(([space, cell, isQuoted]) => space + (isQuoted ? `"${cell}"` : cell)).join('')
        return isIndented ? line : line.trimStart()
      })
      const found = recordsOf(cut(`${lines.join('\r\n')}  \n`, cuts), { separator: BLANKS })
      expect(found.map(({ cells }) => cells)).toEqual(rows.map((cells) => cells.map(([, cell]) => cell)))
      expect(found.map(({ line }) => line)).toEqual(rows.map((_, at) => at + 1))
    }),
    { numRuns: 300 },
  )
})

describe('a line of nothing', () => {
  test('is no record, but one of an empty cell in quotes is, and so is one of separators', () => {
    expect(recordsOf(['a\n\n  \n\t\n""\n,\nb\n'])).toEqual([
      { line: 1, cells: ['a'] },
      { line: 5, cells: [''] },
      { line: 6, cells: ['', ''] },
      { line: 7, cells: ['b'] },
    ])
    expect(recordsOf(['\n\n'])).toEqual([])
    expect(cellsOf('a\n\n  \n""\n', { separator: BLANKS })).toEqual([['a'], ['']])
    expect(cellsOf('\t\n \t\na\tb', { separator: '\t' })).toEqual([
      ['', ''],
      [' ', ''],
      ['a', 'b'],
    ])
  })

  test('does not hide the one behind it', () => {
    expect(recordsOf(['\r\n\r\na', '\r', '\n', '\r\n', 'b'])).toEqual([
      { line: 3, cells: ['a'] },
      { line: 5, cells: ['b'] },
    ])
  })
})

test('records are given as soon as their line has ended', () => {
  const splitter = new CsvSplitter()
  const given = (piece: string) => [...splitter.push(piece)].map(({ cells }) => cells)
  expect(given('a,b')).toEqual([])
  expect(given('\n')).toEqual([['a', 'b']])
  expect(splitter.line).toBe(2)
  // More of a line end may come.
  expect(given('c\r')).toEqual([])
  expect(given('d\n')).toEqual([['c'], ['d']])
  expect(given('"e\n')).toEqual([])
  expect(splitter.line).toBe(4)
  expect(given('f"\n')).toEqual([['e\nf']])
  expect(splitter.line).toBe(6)
  expect([...splitter.end()]).toEqual([])
})

test('a record may have so many characters, and not one more', () => {
  const longest = 5
  for (const options of [{}, { separator: BLANKS }]) {
    expect(cellsOf('abcde\nabcde', { longest, ...options })).toEqual([['abcde'], ['abcde']])
    for (const text of ['abcdef\n', 'ab\nabcdef', 'abcdef', '"abcd"\n'])
      expect(() => cellsOf(text, { longest, ...options }), text).toThrow('[text/long-record]')
  }
  expect(cellsOf('ab\nabcde\nabcde\n', { longest })).toEqual([['ab'], ['abcde'], ['abcde']])
  expect(() => [...new CsvSplitter({ longest }).push('abcdef')]).toThrow('[text/long-record]')
  const splitter = new CsvSplitter({ longest })
  expect([...splitter.push('a\nbcd')]).toHaveLength(1)
  expect([...splitter.push('ef')]).toEqual([])
  expect(() => [...splitter.push('g')]).toThrow(
    'more than 5 characters without an end of the record that begins on line 2',
  )
})

test('line ends of any kind are counted', () => {
  expect(['', 'a', 'a\n', '\r', '\r\n', '\n\r', 'a\r\rb\n\nc\r\n'].map(linesIn)).toEqual([
    0, 0, 1, 1, 1, 2, 5,
  ])
})

test('a cell is written in quotes where it has to be', () => {
  for (const mark of ['"', ',', ';', '|', '\t', '\r', '\n']) {
    const cell = `a${mark}b`
    expect(csvLine([cell, 'c'])).toBe(`${written.doubled(cell)},c`)
    expect(cellsOf(`${csvLine([cell, mark])}\n`)).toEqual([[cell, mark]])
  }
  expect(csvLine(["it's", ' x ', ''])).toBe("it's, x ,")
  expect(csvLine(['""'])).toBe('""""""')
})

describe('quotes', () => {
  test('around a cell may have any spaces beside them, which are none of it', () => {
    for (const space of [' ', '\t', '\v', '\f', '\u00a0', '  ', ' \t ']) {
      expect(cellsOf(`${space}"a b"${space},c\n`), JSON.stringify(space)).toEqual([['a b', 'c']])
      expect(cellsOf(`c,${space}"a b"${space}`), JSON.stringify(space)).toEqual([['c', 'a b']])
    }
    expect(cellsOf('a\t"b"\t\t"c" \n', { separator: '\t' })).toEqual([['a', 'b', '', 'c']])
    expect(cellsOf(' a , b \n"x", y ')).toEqual([
      [' a ', ' b '],
      ['x', ' y '],
    ])
  })

  test.each(['a"b,c', '"a"b,c', '"a" b,c', 'x,"a', '"a""', 'c, "a"x', '"a"x'])('are wrong in %j', (text) => {
    for (const whole of [`${text}\n`, text, `p,q\n${text}\n`])
      expect(() => cellsOf(whole), whole).toThrow('[csv/quotes]')
  })

  test('that are wrong are told with their cell and line', () => {
    expect(() => cellsOf('p,q\n\n1,  a"b  ,c\n')).toThrow('the cell a"b on line 3')
    expect(() => cellsOf(`${'x'.repeat(60)}"\n`)).toThrow(`the cell ${'x'.repeat(40)} on line 1`)
  })

  test('that are single stand beside double ones, which mean nothing then', () => {
    expect(cellsOf(`'a,"b',c"d\n"e",'f'\n`, { quotes: 'single' })).toEqual([
      ['a,"b', 'c"d'],
      ['"e"', 'f'],
    ])
    expect(cellsOf("it's,b\n", { quotes: 'single' })).toEqual([["it's", 'b']])
  })

  test('that are literal are part of a cell, but for those around all of it', () => {
    expect(cellsOf('5" a\t"b"\t"\t""\t"c"d\t"e""f"\n', { separator: '\t', quotes: 'literal' })).toEqual([
      ['5" a', 'b', '"', '', '"c"d', 'e"f'],
    ])
  })

  test('are closed by the first that is neither doubled nor behind a backslash', () => {
    expect(closingQuote('"ab"', 0, 'doubled')).toBe(3)
    expect(closingQuote('"a""b"c', 0, 'doubled')).toBe(5)
    expect(closingQuote('"a""', 0, 'doubled')).toBe(-1)
    expect(closingQuote('"a', 0, 'doubled')).toBe(-1)
    expect(closingQuote('""', 0, 'doubled')).toBe(1)
    expect(closingQuote('x"a"', 1, 'doubled')).toBe(3)
    expect(closingQuote('"a\\"b"', 0, 'escaped')).toBe(5)
    expect(closingQuote('"a\\"b"', 0, 'doubled')).toBe(3)
    expect(closingQuote('"a""b"', 0, 'escaped')).toBe(5)
    expect(closingQuote(`'a"b''c'`, 0, 'single')).toBe(7)
    expect((['doubled', 'escaped', 'literal', 'single'] as const).map(quoteMark).join('')).toBe(`"""'`)
  })

  test('inside are read back', () => {
    expect(unquoted('a""b""""c', 'doubled')).toBe('a"b""c')
    expect(unquoted("a''b", 'doubled')).toBe("a''b")
    expect(unquoted('a""b', 'single')).toBe('a""b')
    expect(unquoted('a\\"b""c\\"', 'escaped')).toBe('a"b"c"')
  })
})

describe('a record between blanks', () => {
  const place = { separator: 32, line: 4, last: false, quotes: 'doubled' } as const
  const last = { ...place, last: true }

  test('ends where its line does, or the text, if that is the last', () => {
    expect(blankRecord('a  b\nc', 0, place)).toEqual({ cells: ['a', 'b'], end: 4 })
    expect(blankRecord('x\n a\t"b c" \r\n', 2, place)).toEqual({ cells: ['a', 'b c'], end: 11 })
    expect(blankRecord('   \nc', 0, place)).toEqual({ cells: [], end: 3 })
    for (const open of ['a b', 'a b ', 'a "b', 'a "b"', ''])
      expect(blankRecord(open, 0, place), JSON.stringify(open)).toBeUndefined()
    expect(blankRecord('a b', 0, last)).toEqual({ cells: ['a', 'b'], end: 3 })
    expect(blankRecord('a "b"  ', 0, last)).toEqual({ cells: ['a', 'b'], end: 7 })
    expect(blankRecord('a "x""y"', 0, last)?.cells).toEqual(['a', 'x"y'])
    expect(blankRecord('a "x\\"y"', 0, { ...last, quotes: 'escaped' })?.cells).toEqual(['a', 'x"y'])
  })

  test('has quotes around whole cells', () => {
    expect(blankRecord('5"x a"b"\n', 0, place)?.cells).toEqual(['5"x', 'a"b"'])
    for (const bad of ['"a"b c\n', 'c "a"b\n', '"a"b '])
      expect(() => blankRecord(bad, 0, place), bad).toThrow('[csv/quotes]')
    expect(() => blankRecord('c "a', 0, last)).toThrow('on line 4')
    // What is wrong is said when all of the cell has come.
    expect(blankRecord('"a"b', 0, place)).toBeUndefined()
  })
})

describe('text that is held', () => {
  test('is given whole with each piece, until it is taken', () => {
    const held = new HeldText()
    expect(held.add('ab')).toBe('ab')
    held.keep('b')
    expect(held.add('c\n')).toBe('bc\n')
    held.keep('')
    expect(held.add('d')).toBe('d')
    expect(held.all()).toBe('d')
  })

  test('is given again only with a line end, of either kind', () => {
    const held = new HeldText()
    held.add('a')
    held.keep('a')
    expect(held.add('b')).toBeUndefined()
    expect(held.add('c\r')).toBe('abc\r')
    held.keep('abc\r')
    expect(held.add('d')).toBeUndefined()
    expect(held.all()).toBe('abc\rd')
  })

  test('is looked at again, where it is long, only when it has doubled', () => {
    for (const [length, isLong] of [
      [2 ** 20 - 1, false],
      [2 ** 20, true],
    ] as const) {
      const held = new HeldText()
      held.keep('x'.repeat(length))
      expect(held.add('\n') === undefined, `${length}`).toBe(isLong)
      if (!isLong) continue
      expect(held.add(`${'y'.repeat(length - 2)}\n`)).toHaveLength(2 * length)
    }
  })

  test('may be so long', () => {
    const held = new HeldText(3)
    held.keep('abc')
    expect(() => held.check(1)).not.toThrow()
    expect(() => held.check(1, 3)).not.toThrow()
    expect(() => held.check(7, 4)).toThrow(/more than 3 characters.* line 7.*\[text\/long-record\]/)
    held.keep('abcd')
    expect(() => held.check(1)).toThrow('[text/long-record]')
    const usual = new HeldText()
    expect(() => usual.check(1, 2 ** 24)).not.toThrow()
    expect(() => usual.check(1, 2 ** 24 + 1)).toThrow('[text/long-record]')
  })
})
