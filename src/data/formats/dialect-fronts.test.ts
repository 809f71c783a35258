import { describe, expect, test } from 'vitest'
import { dialectOf, LOOKED_AT, tableIn } from './dialect.ts'

const found = (text: string, options = {}, isWhole = true) => dialectOf(text, isWhole, options)
const rows = (count: number, row: string) => `${row}\n`.repeat(count)

describe('a table begins', () => {
  const body = 'a,b\n1,2\n3,4\n'

  test.each([
    ['', 1],
    ['\ufeff', 1],
    ['\n', 2],
    [' \r\n\t\n', 3],
    ['# made by us\n', 2],
    [' # made by us\n', 2],
    ['# one\r\n\r\n#\r\n', 4],
    ['# one\r#\r', 3],
    ['#\tone\n', 2],
    ['##two\n#!three\n', 3],
    ['\ufeff\n# one\n', 3],
    ['sep=,\n', 2],
    ['\ufeffsep=,\r\n# one\n\n', 4],
    ['"sep=,"\r', 2],
  ])('behind %j', (front, line) => {
    expect(found(front + body)).toMatchObject({
      ...{ from: front.length, line, isNamed: true, separator: ',' },
      ...{ quotes: 'doubled', common: 2, endsOpen: false },
    })
    const late = found(`${front}Title\n${body}`)
    expect([late.from, late.line]).toEqual([front.length + 6, line + 1])
  })

  test('with a name that has a mark of comments before it', () => {
    expect(found('#id,b\n1,2\n')).toMatchObject({ from: 0, line: 1 })
    expect(found('#1,b\n1,2\n')).toMatchObject({ from: 0, line: 1 })
    expect(found('x # y,b\n1,2\n')).toMatchObject({ from: 0, line: 1 })
    expect(found('a,#\n1,2\n')).toMatchObject({ from: 0, line: 1 })
  })

  test('where everything does, if there is nothing but comments', () => {
    expect(found('# one\n# two\n')).toMatchObject({ from: 0, line: 1 })
    expect(found('\ufeff# one\n')).toMatchObject({ from: 1, line: 1 })
    expect(found('sep=;\n# one\n')).toMatchObject({ from: 6, line: 2, separator: ';' })
  })
})

describe('a separator is told', () => {
  test.each([
    ['sep=;\n', ';'],
    ['SEP=;\n', ';'],
    ['"sep=;"\n', ';'],
    ['sep=;  \r\n', ';'],
    ['sep=|\r', '|'],
    ['sep=\t\n', '\t'],
    ['sep=\\t\n', '\t'],
    ['sep=^\n', '^'],
    ['sep=x\n', 'x'],
  ])('by %j', (front, separator) => {
    const text = `${front}a${separator}b\n1,5${separator}2\n`
    expect(found(text)).toMatchObject({ separator, from: front.length, line: 2 })
    // What somebody says comes first.
    expect(found(text, { separator: ',' }).separator).toBe(',')
  })

  test.each(['xsep=;\n', 'sep=;;\n', 'sep=\n', ' sep=;\n'])('not by %j', (front) => {
    expect(found(`${front}a,b;c\n1,x;d\n2,y;e\n`).separator).toBe(',')
  })

  test('by a word or a character, and else is a comma, of nothing', () => {
    const none = { quotes: 'doubled', from: 0, line: 1, isNamed: true, endsOpen: false }
    expect(found('')).toEqual({ ...none, separator: ',' })
    expect(found('', { separator: 'tab', header: false })).toEqual({
      ...none,
      separator: '\t',
      isNamed: false,
    })
    expect(found('', { separator: 'x' })).toEqual({ ...none, separator: 'x' })
    expect(found('sep=;\n')).toEqual({ ...none, separator: ';', from: 6, line: 2 })
    expect(found('axb\n1x2\n', { separator: 'x' })).toMatchObject({ separator: 'x', common: 2 })
  })

  test('by the usual one', () => {
    expect(found('a^b\n1^2\n', { usual: { separator: '^' } }).separator).toBe('^')
    expect(found('a^b\n1^2\n').separator).toBe(',')
    expect(found('a b;c\n1 2;3\n', { usual: { separator: 'blanks' } }).separator).toBe(';')
    expect(found('a7b\n17x\n', { usual: { separator: '7' } }).separator).toBe('7')
  })
})

describe('titles stand above a table', () => {
  const named = 'a,b,c\n1,2,3\n4,5,6\n'
  const begins = (text: string, options = {}) => found(text, options).line

  test('with fewer cells than it has columns, or one that is filled of three and more', () => {
    expect(begins(`Title\n${named}`)).toBe(2)
    expect(begins(`Title,of us\n${named}`)).toBe(2)
    expect(begins(`Title,,\n${named}`)).toBe(2)
    expect(begins(`,,\n , ,\n${named}`)).toBe(3)
    expect(begins(`Title,us,\n${named}`)).toBe(1)
    expect(begins(`Title,\na,b\nx,2\ny,4\n`)).toBe(1)
    expect(begins(`Title\na,b\n1,2\n3,4\n`)).toBe(2)
    expect(begins('Title\na\n1\n2\n')).toBe(1)
  })

  test('twenty lines of them at most', () => {
    const long = `a,b\n${rows(30, '1,2')}`
    expect(begins(rows(20, 'Title') + long)).toBe(21)
    expect(begins(rows(21, 'Title') + long)).toBe(1)
  })

  test('where all lines below are of one width, the first of names', () => {
    expect(begins('Title\n1,2,3\n4,5,6\n7,8,9\n')).toBe(1)
    expect(begins('Title\na,b,c\n1,2,3\n4,5\n6,7,8\n9,1,2\n')).toBe(1)
    expect(begins('Title\na,b\n')).toBe(1)
    expect(begins('Title\n1,2,3\n4,5,6\n', { header: true })).toBe(2)
    expect(begins(`Title\n${named}`, { header: false })).toBe(1)
  })

  test('where one line has half of four cells and more, whatever is below', () => {
    const numbers = (width: number) => rows(3, Array.from({ length: width }, (_, i) => `${i}.5`).join())
    expect(begins(`150,4\n${numbers(4)}`)).toBe(2)
    expect(begins(`150\n${numbers(4)}`)).toBe(2)
    expect(begins(`150,4,3\n${numbers(4)}`)).toBe(1)
    expect(begins(`150\n${numbers(3)}`)).toBe(1)
    expect(begins(`150,4\n${numbers(5)}`)).toBe(2)
    expect(begins(`150,4,3\n${numbers(5)}`)).toBe(1)
    expect(begins(`150\n4\n${numbers(4)}`)).toBe(1)
  })
})

describe('names in a comment', () => {
  const numbers = '1.5,2\n3,4.5\n'

  test('are those right above the rows, without blanks around', () => {
    expect(found(`# x\n#  a , b \n${numbers}`).names).toEqual(['a', 'b'])
    expect(found(`##a,b\n${numbers}`).names).toEqual(['a', 'b'])
    expect(found(`# a,b\n\n${numbers}`).names).toEqual(['a', 'b'])
    expect(found(`# a,b\n# x\n${numbers}`).names).toBeUndefined()
    expect(found(`# a "b,c\n${numbers}`).names).toBeUndefined()
    expect(found(numbers).names).toBeUndefined()
    expect(found('# a\n1\n2\n3\n', { separator: ',' }).names).toBeUndefined()
  })

  test('are none where the table has names or titles, or somebody says that it has none', () => {
    expect(found(`# a,b\nc,d\n${numbers}`).names).toBeUndefined()
    expect(found(`# a,b\n${numbers}`, { header: false }).names).toBeUndefined()
    expect(found(`# a,b,c,d\n7\n${rows(3, '1.5,2,3,4')}`).names).toBeUndefined()
  })

  test('are as many as there are columns before the last separator', () => {
    expect(found('# a,b\n1.5,2,\n3,4.5,\n')).toMatchObject({ names: ['a', 'b'], endsOpen: true, width: 3 })
  })
})

describe('rows end with a separator', () => {
  const isOpen = (...lines: string[]) => found(`${lines.join('\n')}\n`).endsOpen

  test('where all do, and the first line does, too, or has a cell less', () => {
    expect(found('a,b,\n1,2,\n3,4,\n')).toMatchObject({ endsOpen: true, width: 3, common: 2, isNamed: true })
    expect(isOpen('a,b', '1,2,', '3,4,')).toBe(true)
    expect(isOpen('a,b,', '1,2, ', '3,4,')).toBe(true)
    expect(isOpen('a,', '1,', '2,')).toBe(true)
    expect(isOpen('a', '1,', '2,')).toBe(true)
    expect(isOpen('a,b,c', '1,2,', '3,4,')).toBe(false)
    expect(isOpen('a,b,', '1,2,', '3,4,5')).toBe(false)
    expect(isOpen('a,b,', '1,2,', '3,4')).toBe(false)
    expect(isOpen('a', '1,2,', '3,4,')).toBe(false)
    expect(isOpen('a,b,')).toBe(false)
    expect(isOpen('a', '1', '2')).toBe(false)
    expect(found('a\n""\n""\n', { separator: ',' }).endsOpen).toBe(false)
  })
})

describe('the names of rows have no name', () => {
  test('where the first line lacks a cell that all others have', () => {
    expect(found('a,b\nr,1,2\ns,3,4\n')).toMatchObject({
      namesRows: true,
      width: 3,
      common: 3,
      isNamed: true,
    })
    expect(found('a,b\nr,1,2\ns,3,4\n', { header: false })).not.toHaveProperty('namesRows')
    expect(found('x,a,b\nr,1,2\ns,3,4\n')).not.toHaveProperty('namesRows')
    expect(found('x,a,b\nr,1,2\ns,3,4\n')).not.toHaveProperty('width')
    expect(found('a,b\nr,1,2\ns,3,4\nt,5\n')).not.toHaveProperty('namesRows')
  })

  test('are names, each of one row', () => {
    const refused = (text: string) => expect(() => found(text), text)
    refused('a,b\nr,1,2\n,3,4\n').toThrow(/3 cells in each row from line 2 on, and 2 .* \("" is none\)/)
    refused('# x\na,b\nr,1,2\n r ,3,4\n').toThrow(/from line 3 on.*\("r" comes twice\).*\[csv\/ragged\]/)
    refused('a,b\n ,1,2\ns,3,4\n').toThrow('("" is none)')
  })
})

describe('of a long text', () => {
  test('a thousand lines are looked at', () => {
    const half = rows(500, '1,2') + rows(500, '1,2,3')
    expect(found(`${half}1,2\n`).common).toBe(3)
    expect(found(`1,2\n${half}`).common).toBe(2)
    expect(found(rows(1000, '1,2') + rows(3000, '1,2,3')).common).toBe(2)
  })

  test('and so many characters of it', () => {
    const wide = `${'x'.repeat(2000)},1\n`
    const count = Math.ceil(LOOKED_AT / wide.length)
    expect(count).toBeLessThan(200)
    expect(found(wide.repeat(count) + rows(700, '1,2,3')).common).toBe(2)
  })

  test('a line that has not ended says nothing unless it is the last', () => {
    expect(found('1,2\n3,4,5\n6,7,8', {}, false).common).toBe(3)
    expect(found('1,2\n3,4\n6,7,8\n9,1,2\n5,6,7', {}, false).common).toBe(3)
    expect(found('a,b\n1,2\n3,4,5', {}, false).common).toBe(2)
    expect(found('1,2,3\n1,2\n3,4', {}, true).common).toBe(2)
    expect(found('1,2,3\n1,2\n3,4', {}, false).common).toBe(3)
  })
})

describe('a table in rows of cells', () => {
  const cells = (text: string) => text.split('\n').map((line) => line.split(','))
  const units = [',kg,m', 'Oslo,1,2.5', 'Rome,3,4.5', 'Bern,5,6.5', 'Lyon,7,8.5'].join('\n')

  test('begins at its names, behind titles and names above them', () => {
    const none = { isDoubtful: false, above: 0, units: 0 }
    expect(tableIn(cells('a,b,c\n1,2,3\n4,5,6'), 3, {})).toEqual({ ...none, isNamed: true, begin: 0 })
    expect(tableIn(cells('Title,,\na,b,c\n1,2,3'), 3, {})).toEqual({ ...none, isNamed: true, begin: 1 })
    expect(tableIn(cells('1,2,3\n4,5,6'), 3, {})).toEqual({ ...none, isNamed: false, begin: 0 })
    expect(tableIn([], 0, {})).toMatchObject({ above: 0, units: 0, begin: 0 })
    expect(tableIn(cells(`city,n,x\n${units}`), 3, {})).toEqual({
      ...none,
      isNamed: true,
      units: 1,
      begin: 0,
    })
    const years = `Title,,\n,2019,2020\n${units.replace(',kg,m', 'city,min,max')}`
    expect(tableIn(cells(years), 3, {})).toMatchObject({ isNamed: true, units: 0, above: 1, begin: 2 })
    expect(tableIn(cells(years), 3, { header: false })).toMatchObject({
      isNamed: false,
      units: 0,
      above: 0,
      begin: 0,
    })
  })

  test('has no units where somebody says that it has no names', () => {
    expect(tableIn(cells(`city,n,x\n${units}`), 3, { header: false })).toMatchObject({ units: 0, above: 0 })
    expect(tableIn(cells(`city,n,x\n${units}`), 3, { header: true })).toMatchObject({ units: 1, above: 0 })
  })
})

test('names over names, and roles below them, are counted with their lines', () => {
  const body = Array.from({ length: 12 }, (_, i) => `city ${i},${i},${i}.5`).join('\n')
  const years = `# made by us\n,2019,2019\ncity,min,max\n${body}\n`
  expect(found(years)).toMatchObject({
    isNamed: true,
    line: 3,
    units: 0,
    above: { line: 2, cells: ['', '2019', '2019'] },
  })
  expect(found(years).from).toBe('# made by us\n,2019,2019\n'.length)
  expect(found(`,2019,2019\ncity,min,max\n,meta,class\n${body}\n`)).toMatchObject({ line: 2, units: 1 })
  expect(found(`city,a,b\n,c,d\n,meta,class\n${body}\n`)).toMatchObject({ line: 1, units: 2 })
  expect(found(`city,a,b\n${body}\n`)).not.toHaveProperty('above')
})
