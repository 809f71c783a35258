import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { type CsvOptions, readCsv, writeCsv } from './csv.ts'

const read = (text: string, options?: CsvOptions) => readCsv(new TextEncoder().encode(text), options)
const table = (columns: string[], values: number[]) => ({
  columns,
  rows: ndarray(Float32Array.from(values), [values.length / columns.length, columns.length]),
})

describe('readCsv', () => {
  test('takes names from the first line where it has no number', () => {
    expect(read('a,b\n1,2\n3,4\n')).toEqual(table(['a', 'b'], [1, 2, 3, 4]))
    expect(read('1,2\n3,4')).toEqual(table(['0', '1'], [1, 2, 3, 4]))
    expect(read('1,2\n3,4', { header: true })).toEqual(table(['1', '2'], [3, 4]))
  })

  test('bears quotes, line ends of any kind, blank lines, spaces and a byte-order mark', () => {
    const text = '\ufeff"a, ""x""\r\ny",b\r\n"1" , -2.5e-1\r\n\r\n3,.5\r\n'
    expect(read(text)).toEqual(table(['a, "x"\r\ny', 'b'], [1, -0.25, 3, 0.5]))
  })

  test.each([
    ['semicolons', '"a;x";b\n1;2\n"3" ;4\n'],
    ['tabs', '"a;x"\tb\n1\t2\n"3"\t4\n'],
    ['commas, though the names hold others', '"a;x",b\n1,2\n3,4\n'],
  ])('takes %s', (_, text) => {
    expect(read(text)).toEqual(table(['a;x', 'b'], [1, 2, 3, 4]))
  })

  test('an empty cell between tabs is not passed over', () => {
    expect(() => read('a\tb\tc\n\t"2"\t3\n')).toThrow('an empty cell at row 1 (line 2), column "a"')
  })

  test('gives back what writeCsv was given', () => {
    const number = fc.float({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)
    const names = fc.uniqueArray(
      fc.string().map((name) => `n${name}`.trim()),
      { minLength: 2, maxLength: 2 },
    )
    fc.assert(
      fc.property(names, fc.array(fc.tuple(number, number), { minLength: 1 }), (columns, rows) => {
        fc.pre(!columns.includes('label'))
        const given = table(columns, rows.flat())
        expect(read(writeCsv(columns, given.rows), { header: true })).toEqual(given)
      }),
    )
  })

  test('takes the column "label", or the one named, for labels', () => {
    expect(read('a,label,b\n1,0,2\n3,1,4')).toEqual({
      ...table(['a', 'b'], [1, 2, 3, 4]),
      labels: Int32Array.of(0, 1),
    })
    expect(read('1,2,7', { label: '2' })).toEqual({ ...table(['0', '1'], [1, 2]), labels: Int32Array.of(7) })
  })

  test('numbers −1 and 1 as classes by their order', () => {
    expect(read('a,label\n1,1\n2,-1\n3,1\n')).toMatchObject({
      labels: Int32Array.of(1, 0, 1),
      classes: ['-1', '1'],
    })
  })

  test.each([
    ['text in a number column', 'a,b\n1,2\n3,four\n', {}],
    ['an empty cell', 'a,b\n1,2\n,4\n', {}],
    ['a missing value in words', 'a,b\nNA,2\n', {}],
    ['a ragged row', 'a,b\n1,2\n3\n', {}],
    ['no rows', 'a,b\n', {}],
    ['nothing', '', {}],
    ['a quote left open', 'a,b\n"1,2\n3,4\n', {}],
    ['an unknown label column', 'a,b\n1,2\n', { label: 'class' }],
    ['a label outside range', 'a,label\n1,2\n3,10\n', { classes: 10 }],
    ['a fractional label', 'a,label\n1,0.5\n', {}],
    ['a negative label among so many classes', 'a,label\n1,-1\n', { classes: 2 }],
  ])('refuses %s', (_, text, options) => {
    expect(() => read(text, options)).toThrowErrorMatchingSnapshot()
  })
})

describe('writeCsv', () => {
  test('writes float32 with the fewest digits that read back', () => {
    const rows = ndarray(Float32Array.of(0.1, 1 / 3, 1e-30, 16777216), [2, 2])
    expect(writeCsv(['a', 'b,c'], rows)).toMatchInlineSnapshot(`
      "a,"b,c"
      0.1,0.33333334
      1e-30,16777216
      "
    `)
  })

  test('refuses rows of another width', () => {
    const rows = ndarray(Float32Array.of(1, 2), [1, 2])
    expect(() => writeCsv(['a'], rows)).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 1 column names for rows [1, 2]; wanted two axes, the second as long as the names. Fix: flatten each example to one row and name each number. [csv/columns]]`,
    )
  })
})

describe('the column of classes', () => {
  const wanted = { ...table(['a'], [1, 2]), labels: Int32Array.of(0, 1) }

  test('may be the first, by name or as "label"', () => {
    expect(read('label,a\n0,1\n1,2\n')).toEqual(wanted)
    expect(read('y,a\n0,1\n1,2\n', { label: 'y' })).toEqual(wanted)
    expect(read('a,y\n1,0\n2,1\n', { label: 'y' })).toEqual(wanted)
  })

  test('that is not there is a matter of the caller’s words, and of twenty names at most', () => {
    const names = Array.from({ length: 21 }, (_, i) => `c${i}`)
    const refusal = (columns: string[]) => {
      try {
        return read(`${columns.join()}\n${columns.map(() => '1').join()}\n`, { label: 'y' })
      } catch (error) {
        return error
      }
    }
    expect(refusal(names)).toMatchObject({
      code: 'csv/label-column',
      usage: true,
      wanted: `one of ${names.slice(0, 20).join(', ')}, …`,
    })
    expect(refusal(names.slice(0, 20))).toMatchObject({ wanted: `one of ${names.slice(0, 20).join(', ')}` })
  })
})

test('a text of more bytes than a text can have characters is refused before it is decoded', () => {
  const claiming = (length: number) =>
    Object.defineProperty(new TextEncoder().encode('a\n1'), 'length', { value: length })
  expect(readCsv(claiming(2 ** 29 - 24)).columns).toEqual(['a'])
  expect(() => readCsv(claiming(2 ** 29 - 23))).toThrow('[csv/too-large]')
})

test('rows to write are of two axes, the second as long as the names; any kind of number is written', () => {
  const numbers = Float32Array.of(1, 2)
  for (const shape of [[2], [1, 2, 1], [2, 1], [1, 1, 2]])
    expect(() => writeCsv(['a', 'b'], ndarray(numbers, shape)), String(shape)).toThrow('[csv/columns]')
  expect(writeCsv(['a', 'b'], ndarray(numbers, [1, 2]))).toBe('a,b\n1,2\n')
  expect(writeCsv(['a'], ndarray(Float64Array.of(0.1, 1 / 3), [2, 1]))).toBe(`a\n0.1\n${1 / 3}\n`)
})
