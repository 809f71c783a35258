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
    for (const first of ['a', 'a,b,c,d'])
      expect(splitBy(',', `${first}\n1,2,3\n4,5,6\n`, true)?.fit, first).toBeCloseTo(2 / 3)
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

const splittingOf = (...lines: string[]) => bestSplitting(lines.map((line) => `${line}\n`).join(''), true)
const separatorOf = (...lines: string[]) => splittingOf(...lines)?.separator
const linesOf = (...lines: string[]) => splittingOf(...lines)?.records.map(({ cells }) => cells)

describe('of several separators', () => {
  test('the one by which most lines have as many cells is taken, then the one of most cells', () => {
    expect(separatorOf('a;b|c|d', '1;2|3|4', '5;6')).toBe(';')
    expect(separatorOf('a;b|c|d', '1;2|3|4')).toBe('|')
    expect(separatorOf('a|b;c;d', '1|2;3;4')).toBe(';')
    expect(separatorOf('a|b;c|d', '1;2|3|4')).toBe('|')
  })

  test('a comma is none where each is inside of a number or a phrase', () => {
    expect(separatorOf('p, q;1', 's, t;2')).toBe(';')
    expect(separatorOf('p, q, r;1', 's, t, u;2')).toBe(';')
    for (const [left, right] of [
      ['p,q, r', 's,t, u'],
      ['p, q,r', 's, t,u'],
      ['p,q', 's,t'],
      ['p, q', 's,t'],
    ])
      expect(separatorOf(`${left};1`, `${right};2`), left).toBe(',')
  })

  test('half of the lines are enough; with fewer, blanks are preferred where all lines have them', () => {
    expect(separatorOf('a,b c d', '1,2 3 4', 'x y z', 'u v w')).toBe(',')
    expect(separatorOf('a,b c d', '1,2 3 4', '1,2,3 4 5', '1,2,3,4 5 6', '1,2,3,4,5 6 7')).toBe(' ')
    expect(separatorOf('a,b', '1,2', '1,2,3', '1,2,3,4', '1,2,3,4,5')).toBe(',')
  })

  test('one that is usual is looked for, too, but for blanks, which come last', () => {
    expect(bestSplitting('a^b\n1^2\n', true, ['^'])?.separator).toBe('^')
    expect(bestSplitting('a^b\n1^2\n', true)?.separator).toBeUndefined()
    expect(bestSplitting('a b;c\n1 2;3\n', true, [' '])?.separator).toBe(';')
  })
})

describe('blanks are separators', () => {
  test.each([
    ['of three columns and more', ['a b c', 'd e f']],
    ['of two, the second of numbers', ['a b', 'c 2', 'd 3']],
    ['of two, the first of numbers', ['a b', '1 x', '2 y']],
    ['of numbers below a name each', ['a b', '1 2', '3 4']],
    ['of names and numbers, where the names have none', ['mpg', 'Mazda 21', 'Datsun 22']],
  ])('%s', (_, lines) => {
    expect(separatorOf(...lines)).toBe(' ')
  })

  test.each([
    ['words in two columns', ['a b', 'c d', 'e f']],
    ['numbers in either, but in no column alone', ['a b', '1 x', 'y 2']],
    ['numbers in the first column, where that has no name', ['mpg', '21 a', '22 b']],
    ['one line of two words', ['New York']],
    ['one line of two numbers', ['1 2']],
    ['lines of other lengths', ['a b c', 'd e', 'f g h']],
  ])('not of %s', (_, lines) => {
    expect(separatorOf(...lines)).toBeUndefined()
  })
})

describe('one column of numbers with decimal commas', () => {
  const widthOf = (...lines: string[]) => splittingOf(...lines)?.width

  test('has three rows or more below a name, of which some have a comma, and is not numbered', () => {
    expect(widthOf('x', '2,5', '1,5', '1,25')).toBe(1)
    expect(widthOf('x', '2,5', '1,5')).toBe(2)
    expect(widthOf('x,y', '2,5', '1,5', '1,25')).toBe(2)
    expect(widthOf('3', '2,5', '1,5', '1,25')).toBe(2)
    expect(splittingOf('x', '2', '1', '3')).toBeUndefined()
  })

  test('is numbered where all rows have a number that rises from row to row', () => {
    expect(widthOf('x', '1,5', '2,6', '3,7')).toBe(2)
    expect(widthOf('x', '1,5', '1,6', '2,7')).toBe(1)
    expect(widthOf('x', '1,5', '2', '3,25')).toBe(1)
  })

  test('has nothing but numbers, with digits on both sides of the comma', () => {
    for (const other of ['1 ,5', '1, 5', '1,x', '1,5 kilo', '1e5,5', 'a,5'])
      expect(widthOf('x', '9,5', other, '1,25'), other).toBe(2)
    for (const number of ['-1,5', '0,50', '1,5%']) expect(widthOf('x', '9,5', number, '1,25'), number).toBe(1)
  })
})

describe('single quotes', () => {
  const quotesOf = (...lines: string[]) => splittingOf(...lines)?.quotes

  test('stand around cells where they are around all filled cells of a column', () => {
    expect(linesOf('name,n', "'abc',1", "'de',2")).toEqual([
      ['name', 'n'],
      ['abc', '1'],
      ['de', '2'],
    ])
    expect(quotesOf('name,n', "'a',1", ',2', "'b',3")).toBe('single')
    expect(quotesOf('name,n', "'a',1", ' ,2', " 'b' ,3")).toBe('single')
    expect(quotesOf('name,n', "'a',1")).toBe('single')
  })

  test.each([
    ['around some of a column', ['n,t', "1,'a'", '2,b']],
    ['around some of a column beside one of nothing', ['n,t,u', "1,'a',", '2,b,']],
    ['within a cell', ['n,t', "1,'a'", "2,x'b'"]],
    ['around names alone', ["'n','t'"]],
    ['where not all lines have as many cells', ['a,b', "'x',1", "'y',2,3"]],
  ])('do not where they are %s', (_, lines) => {
    expect(quotesOf(...lines)).toBe('doubled')
    expect(linesOf(...lines)).toEqual(lines.map((line) => line.split(',')))
  })

  test('do where nothing else splits the lines evenly', () => {
    expect(linesOf('id,name', "0,'Bern, city'", "1,'Rome'")?.[1]).toEqual(['0', 'Bern, city'])
    expect(linesOf('id,name', `0,'say "x"'`, "1,'b'")?.[1]).toEqual(['0', 'say "x"'])
  })

  test.each([
    ['at the beginning of a text', "'a',n\n'b',1\n'c',2\n"],
    ['of a line', "a,n\n'b',1\n'c',2\n"],
    ['behind a return', "a,n\r'b',1\r'c',2\r"],
    ['a comma', "n,a\n1,'b'\n2,'c'\n"],
    ['a semicolon', "n;a\n1;'b'\n2;'c'\n"],
    ['a tab', "n\ta\n1\t'b'\n2\t'c'\n"],
    ['a bar', "n|a\n1|'b'\n2|'c'\n"],
    ['a comma and a blank', "n, a\n1, 'b'\n2, 'c'\n"],
  ])('begin a cell %s', (_, text) => {
    expect(bestSplitting(text, true)?.quotes).toBe('single')
  })
})

describe('double quotes', () => {
  test('are doubled inside where nothing speaks against it', () => {
    expect(splittingOf('a,b', '1,2')?.quotes).toBe('doubled')
    expect(splittingOf('a,b', '"x ""y""",2')?.quotes).toBe('doubled')
  })

  test('stand behind backslashes where doubled ones split nothing', () => {
    const lines = ['a,b', '"x \\"y\\", z",1', '"u",2']
    expect(splittingOf(...lines)).toMatchObject({ quotes: 'escaped', separator: ',' })
    expect(linesOf(...lines)).toEqual([
      ['a', 'b'],
      ['x "y", z', '1'],
      ['u', '2'],
    ])
  })

  test('stand for themselves between tabs where neither way splits anything', () => {
    const lines = ['a\tb', '5" pipe\t1', '"6"\t2']
    expect(splittingOf(...lines)).toMatchObject({ quotes: 'literal', separator: '\t' })
    expect(linesOf(...lines)).toEqual([
      ['a', 'b'],
      ['5" pipe', '1'],
      ['6', '2'],
    ])
    expect(splittingOf('a,b', '5" pipe,1', '6,2')).toBeUndefined()
  })

  test('around whole lines make one column of them, whatever is inside', () => {
    expect(splittingOf('"a\tb"', '"c\td"')).toBeUndefined()
    expect(splittingOf('"a,b"', '"c,d"')).toBeUndefined()
  })
})
