import { describe, expect, test } from 'vitest'
import { firstLine, isKnown } from './header.ts'

/** Columns below the first line, made rows. */
const below = (...columns: string[][]): string[][] =>
  columns[0].map((_, row) => columns.map((cells) => cells[row]))
const upTo = (count: number, cell: (i: number) => string) => Array.from({ length: count }, (_, i) => cell(i))
const numbers = (count: number) => upTo(count, (i) => String(3 * ((i * 7) % count) + 1000))
const words = (count: number) => upTo(count, (i) => `word ${String.fromCharCode(97 + i)}`)

const named = { isNamed: true, isDoubtful: false }
const row = { isNamed: false, isDoubtful: false }

describe('a first line', () => {
  test('without rows names columns where it has no number', () => {
    expect(firstLine(['a', 'b'], [])).toEqual(named)
    expect(firstLine(['a', '1'], [])).toEqual(row)
  })

  test('of words over numbers or dates names them', () => {
    expect(firstLine(['a', 'b'], below(numbers(3), numbers(3)))).toEqual(named)
    expect(
      firstLine(
        ['a', 'day'],
        below(
          words(3),
          upTo(3, (i) => `2020-01-0${i + 1}`),
        ),
      ),
    ).toEqual(named)
  })

  test('of words over words names them, unless half of them come up again', () => {
    expect(firstLine(['what', 'who'], below(words(3), words(3)))).toEqual(named)
    expect(firstLine(['word a', 'who'], below(words(3), words(3)))).toEqual(row)
    expect(firstLine(['word a', 'who', 'where'], below(words(3), words(3), words(3)))).toEqual(named)
    expect(firstLine(['', ''], below(words(3), words(3)))).toEqual(named)
  })

  test('of numbers over numbers is a row', () => {
    expect(firstLine(['4', '9'], below(numbers(9), numbers(9)))).toEqual(row)
    expect(firstLine(['4.5', '9.25'], below(numbers(9), numbers(9)))).toEqual(row)
  })

  test('of whole numbers over fractions names them: half of the cells are enough', () => {
    const halves = upTo(8, (i) => (i < 4 ? '0.5' : '7'))
    const fewer = upTo(8, (i) => (i < 3 ? '0.5' : '7'))
    expect(firstLine(['a', '17'], below(numbers(8), halves))).toEqual(named)
    expect(firstLine(['a', '17'], below(numbers(8), fewer)).isDoubtful).toBe(true)
    expect(firstLine(['a', '17.5'], below(numbers(8), halves)).isDoubtful).toBe(true)
  })

  test('of a year over what is none names it', () => {
    const large = upTo(8, () => '77')
    for (const year of ['1800', '2100'])
      expect(firstLine(['a', year], below(numbers(8), large)), year).toEqual(named)
    for (const none of ['1799', '2101'])
      expect(firstLine(['a', none], below(numbers(8), large)).isDoubtful, none).toBe(true)
    const years = upTo(8, (i) => (i < 4 ? '1999' : '77'))
    expect(firstLine(['a', '2000'], below(numbers(8), years)).isDoubtful).toBe(true)
  })

  test('with one lone word over nothing but numbers names them, from five on', () => {
    const first = ['age', '44', '45.5']
    for (const count of [4, 5]) {
      const found = firstLine(first, below(numbers(count), numbers(count), numbers(count)))
      expect(found).toEqual({ isNamed: count === 5, isDoubtful: true })
    }
    const six = below(
      upTo(6, (i) => (i === 0 ? 'x' : String(i))),
      numbers(6),
      numbers(6),
    )
    expect(firstLine(first, six).isNamed).toBe(false)
    expect(firstLine(['--', '44', '45.5'], below(numbers(6), numbers(6), numbers(6))).isNamed).toBe(false)
    expect(firstLine(['age', '44', '44'], below(numbers(6), numbers(6), numbers(6))).isNamed).toBe(false)
  })

  test('most columns decide, and that some speak against it is said', () => {
    const found = firstLine(['a', 'b', '3'], below(numbers(4), numbers(4), numbers(4)))
    expect(found).toEqual({ isNamed: true, isDoubtful: true })
  })

  test('of another mark or of a date over plain numbers names them', () => {
    const column = numbers(10)
    for (const name of ['50%', '5k', '2nd', '2020-01-01', '10:30'])
      expect(firstLine([name, 'x'], below(column, words(10))), name).toEqual({
        isNamed: true,
        isDoubtful: true,
      })
    const days = upTo(10, (i) => `2020-02-${10 + i}`)
    expect(firstLine(['2020-01-01', 'x'], below(days, words(10)))).toEqual(row)
    expect(
      firstLine(
        ['2020-01-01', 'x'],
        below(
          upTo(10, (i) => `${i} kg`),
          words(10),
        ),
      ),
    ).toEqual(row)
    const marked = upTo(10, (i) => `${i}%`)
    expect(firstLine(['50%', 'x'], below(marked, words(10))).isNamed).toBe(false)
  })

  test('of a number over words alone names them, from five on', () => {
    expect(firstLine(['7', '8'], below(words(5), words(5)))).toEqual(named)
    expect(firstLine(['7', '8'], below(words(4), words(4)))).toEqual(row)
    expect(firstLine(['7', '8'], below([...words(5), '3'], [...words(5), '3']))).toEqual(row)
  })
})

describe('a series of numbers names columns', () => {
  const table = (width: number) =>
    below(...upTo(width, String).map((_, i) => upTo(8, (r) => String((r * 31 + i * 17) % 50))))

  test('counted from 0, or from 1 over more than three', () => {
    expect(firstLine(['0', '1'], table(2))).toEqual(named)
    expect(firstLine(['0'], table(1))).toEqual(row)
    expect(firstLine(['1', '2', '3', '4'], table(4))).toEqual(named)
    expect(firstLine(['1', '2', '3'], table(3))).toEqual(row)
    expect(firstLine(['2', '3', '4', '5'], table(4))).toEqual(row)
    expect(firstLine(['0', '1', '3'], table(3))).toEqual(row)
  })

  test('unless the rows are counted, too', () => {
    expect(
      firstLine(
        ['0', '1', '2'],
        Array.from({ length: 8 }, () => ['0', '1', '2']),
      ),
    ).toEqual(row)
  })

  test('rising along six columns, where rows do not', () => {
    const rising = ['3', '9', '12', '30', '31', '99']
    expect(firstLine(rising, table(6))).toEqual(named)
    expect(firstLine(rising.slice(0, 5), table(5))).toEqual(row)
    expect(firstLine(['3', '9', '12', '30', '30', '99'], table(6))).toEqual(row)
    expect(
      firstLine(
        rising,
        Array.from({ length: 8 }, () => ['1', '2', '3', '4', '5', '6']),
      ),
    ).toEqual(row)
  })
})

describe('names that a model knows', () => {
  test('stand in the first line and in hardly any row', () => {
    const rows = Array.from({ length: 100 }, () => ['1', '2'])
    expect(isKnown([' a ', 'b', 'c'], rows, ['a', 'b'])).toBe(true)
    expect(isKnown(['a', 'c'], rows, ['a', 'b'])).toBe(false)
    expect(isKnown(['a'], rows, [])).toBe(false)
    const again = (count: number) => rows.map((cells, i) => (i < count ? ['a', 'b'] : cells))
    expect(isKnown(['a', 'b'], again(2), ['a', 'b'])).toBe(true)
    expect(isKnown(['a', 'b'], again(3), ['a', 'b'])).toBe(false)
  })
})
