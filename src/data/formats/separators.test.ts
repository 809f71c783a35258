import { describe, expect, test } from 'vitest'
import { quotedRecord, unquoted } from './quoted-record.ts'
import { bestSplitting, separatorNamed, splitBy } from './separators.ts'

const cellsOf = (text: string, separator: string) =>
  splitBy(separator, text, true)?.records.map(({ cells }) => cells)

describe('a text split by one separator', () => {
  test('has no comments, but cells that begin like one', () => {
    expect(cellsOf('# made in 2020\na,b\nc,d\n', ',')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(cellsOf('#id,b\nc,d\n', ',')).toEqual([
      ['#id', 'b'],
      ['c', 'd'],
    ])
    expect(cellsOf('x # y\na,b\nc,d\n', ',')).toEqual([['x # y'], ['a', 'b'], ['c', 'd']])
  })

  test('has quotes inside of quotes doubled', () => {
    expect(cellsOf('"a ""b""",c\n', ',')).toEqual([['a "b"', 'c']])
    expect(splitBy(',', 'a,b\n', true)?.quotes).toBe('doubled')
    expect(splitBy(',', '"a\n', true)).toBeUndefined()
  })

  test('is as wide as most records, the widest of those that are as many', () => {
    expect(splitBy(',', 'a,b,c\nd,e,f\ng,h\n', true)).toMatchObject({ width: 3, fit: 2 / 3 })
    expect(splitBy(',', 'a,b,c\nd,e\n', true)).toMatchObject({ width: 3, fit: 1 / 2 })
    expect(splitBy(',', '', true)).toMatchObject({ width: 0, fit: 0 })
  })

  test('may have a cell less in its first line: names of rows have no name', () => {
    expect(splitBy(',', 'b,c\n1,2,3\n4,5,6\n', true)).toMatchObject({ width: 3, fit: 1 })
    expect(splitBy(',', '1,2,3\nb,c\n4,5,6\n', true)?.fit).toBeCloseTo(2 / 3)
  })

  test('ends with a line that may go on, unless it is whole', () => {
    expect(splitBy(',', 'a,b\nc', false)?.records).toHaveLength(1)
    expect(splitBy(',', 'a,b\nc', true)?.records).toHaveLength(2)
  })
})

test.each([
  ['a;b\n1;2\n', ';'],
  ['a\tb\n1\t2\n', '\t'],
  ['a|b\n1|2\n', '|'],
  ['a,b\n1,2\n', ','],
  ['a;b\n1,5;2,5\n', ';'],
  ['a;b\nDoe, John;2\n', ';'],
  ['a,b;c\n1,x;d\n', ','],
  ['a b c\n1 2 3\n', ' '],
  ['a b\n1 2\n3 4\n', ' '],
])('%j falls into cells by %j', (text, separator) => {
  expect(bestSplitting(text, true)?.separator).toBe(separator)
})

test.each(['some more words\nand words\n', 'a\n1\n2\n', 'only one line of words\nx\n', ''])(
  '%j has one column',
  (text) => {
    expect(bestSplitting(text, true)?.separator ?? ' none').not.toMatch(/^[,;\t|]$/)
    expect(bestSplitting(text, true)?.width ?? 1).toBeLessThan(3)
  },
)

test('a column of decimal commas is one column, and one with numbered rows is two', () => {
  expect(bestSplitting('x\n1,5\n2,5\n1,25\n', true)?.width).toBe(1)
  expect(bestSplitting('x\n1,5\n2,5\n3,25\n', true)?.width).toBe(2)
  expect(bestSplitting('x\n1,5\n2,5\n', true)?.width).toBe(2)
  expect(bestSplitting('x\n1,5\n7\n1,25\n', true)?.width).toBe(1)
  expect(bestSplitting('x\n1,5\na,5\n1,25\n', true)?.width).toBe(2)
})

test('separators have names, or are one character that no word has', () => {
  for (const [name, separator] of [
    ['tab', '\t'],
    ['comma', ','],
    ['semicolon', ';'],
    [';', ';'],
    ['^', '^'],
  ])
    expect(separatorNamed(name), name).toBe(separator)
  for (const none of ['a', '_', '"', '\n', ';;', '', 'commas', '7', 'constructor', '__proto__'])
    expect(separatorNamed(none), none).toBeUndefined()
})

describe('a record with quotes', () => {
  const place = { separator: 44, line: 1, quotes: 'doubled', last: false } as const

  test('ends at its line end, or where the text does, if that is the last', () => {
    expect(quotedRecord('"a",b\nc', 0, place)).toEqual({ cells: ['a', 'b'], end: 5 })
    expect(quotedRecord('"a",b', 0, place)).toBeUndefined()
    expect(quotedRecord('"a",b', 0, { ...place, last: true })).toEqual({ cells: ['a', 'b'], end: 5 })
    expect(quotedRecord('"a","b', 0, place)).toBeUndefined()
    expect(() => quotedRecord('"a","b', 0, { ...place, last: true })).toThrow(/\[csv\/quotes\]/)
  })

  test('quotes inside are written in the way of the text', () => {
    expect(unquoted('a ""b""', 'doubled')).toBe('a "b"')
    expect(unquoted('a \\"b\\"', 'escaped')).toBe('a "b"')
    expect(unquoted('a \\"b', 'doubled')).toBe('a \\"b')
    expect(unquoted("it''s", 'single')).toBe("it's")
    expect(quotedRecord("'it''s',2\n", 0, { ...place, quotes: 'single' })?.cells).toEqual(["it's", '2'])
    expect(quotedRecord('"a\\",b",2\n', 0, { ...place, quotes: 'escaped' })?.cells).toEqual(['a",b', '2'])
  })
})
