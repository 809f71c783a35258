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

describe('cells that are missing, short rows and blanks around cells have no say', () => {
  const doubted = { isNamed: true, isDoubtful: true }
  const gaps = (missing: string) => upTo(12, (i) => (i % 2 === 0 ? missing : String(1000 + i)))

  test.each(['', ' ', 'NA', 'n/a'])('missing as %j', (missing) => {
    expect(firstLine(['age', '44.5'], below(gaps(missing), numbers(12)))).toEqual(doubted)
  })

  test('short rows', () => {
    const rows = upTo(12, String).map((cell, i) => (i % 2 === 0 ? ['44.5'] : ['44.5', cell]))
    expect(firstLine(['7.5', 'age'], rows)).toEqual(doubted)
    const counted = upTo(60, (i) => String(100 - i)).map((cell, i) => (i % 2 === 0 ? [cell] : [cell, '3']))
    expect(firstLine(['0', '1'], counted)).toEqual(named)
  })

  test('a column of nothing votes for nothing', () => {
    const blank = upTo(6, () => '')
    expect(firstLine(['note', '5', '6'], below(blank, numbers(6), numbers(6)))).toEqual(row)
    expect(firstLine(['word a', 'p', 'q'], below(words(6), blank, blank))).toEqual(row)
  })

  test('blanks around', () => {
    const halves = upTo(8, (i) => (i < 4 ? ' 0.5 ' : ' 7 '))
    const whole = upTo(8, () => ' 7 ')
    expect(firstLine(['a', ' 17 '], below(numbers(8), halves))).toEqual(named)
    expect(firstLine(['a', '17'], below(numbers(8), whole)).isDoubtful).toBe(true)
    const padded = words(3).map((cell) => ` ${cell} `)
    expect(firstLine(['word a ', 'who'], below(padded, padded))).toEqual(row)
    expect(firstLine(['  word a', 'who'], below(words(3), words(3)))).toEqual(row)
  })
})

describe('how many cells make a column what it is', () => {
  /** Of `count` cells, the first so many are `odd`. */
  const having = (count: number, odd: number, cell: string) =>
    upTo(count, (i) => (i < odd ? cell : String(1000 + i)))

  test('nine of ten numbers under a word', () => {
    expect(firstLine(['a', '44.5'], below(having(10, 1, 'x'), numbers(10))).isDoubtful).toBe(true)
    expect(firstLine(['a', '44.5'], below(having(10, 2, 'x'), numbers(10)))).toEqual(row)
  })

  test('all of them where one word alone is to name the columns', () => {
    expect(firstLine(['age', '44.5'], below(having(10, 0, 'x'), numbers(10))).isNamed).toBe(true)
    expect(firstLine(['age', '44.5'], below(having(10, 1, 'x'), numbers(10))).isNamed).toBe(false)
  })

  test('98 of a hundred plain numbers under a date', () => {
    expect(firstLine(['2020-01-01', 'x'], below(having(50, 1, '5 kg'), words(50))).isNamed).toBe(true)
    expect(firstLine(['2020-01-01', 'x'], below(having(50, 2, '5 kg'), words(50))).isNamed).toBe(false)
  })

  test('nine of ten plain numbers under another mark, and fewer than two of a hundred with that mark', () => {
    const isNamed = (column: string[]) => firstLine(['50%', 'x'], below(column, words(column.length))).isNamed
    expect(isNamed(having(10, 1, '5 kg'))).toBe(true)
    expect(isNamed(having(10, 2, '5 kg'))).toBe(false)
    expect(isNamed(having(51, 1, '5%'))).toBe(true)
    expect(isNamed(having(50, 1, '5%'))).toBe(false)
    expect(isNamed(having(10, 1, '5%'))).toBe(false)
  })

  test('half of the columns that may be named by numbers', () => {
    const [fractions, whole] = [upTo(8, (i) => `${i}.5`), numbers(8)]
    expect(firstLine(['a', '17', '18'], below(whole, fractions, whole))).toEqual(named)
    expect(firstLine(['a', '17', '18', '19'], below(whole, fractions, whole, whole))).not.toEqual(named)
    expect(firstLine(['1', '2'], below(fractions, whole))).toEqual(named)
    expect(firstLine(['1', '2', '3'], below(fractions, whole, whole))).toEqual(row)
  })
})

describe('where columns disagree', () => {
  const doubted = { isNamed: true, isDoubtful: true }
  const doubtedRow = { isNamed: false, isDoubtful: true }
  const [plain, levels] = [numbers(6), words(6)]

  test('words and odd numbers are counted together against numbers like those below', () => {
    expect(firstLine(['a', '50%', '3.5'], below(plain, plain, plain))).toEqual(doubted)
    expect(firstLine(['50%', '40%', '3.5'], below(plain, plain, plain))).toEqual(doubted)
    expect(firstLine(['50%', '3.5'], below(plain, plain))).toEqual(doubtedRow)
    expect(firstLine(['a', '3.5'], below(numbers(4), numbers(4)))).toEqual(doubtedRow)
    expect(firstLine(['50%', '4.5', '3.5'], below(plain, plain, plain))).toEqual(doubtedRow)
  })

  test('most of them outweigh words that come up again, as many do not', () => {
    const first = ['n', 'm', 'word a', 'word b']
    expect(firstLine([...first, '3.5'], below(plain, plain, levels, levels, plain))).toEqual(doubted)
    expect(firstLine(['n', 'word a', '3.5'], below(plain, levels, plain))).toEqual(doubtedRow)
    expect(firstLine(['50%', '40%', 'word a', '3.5'], below(plain, plain, levels, plain))).toEqual(doubtedRow)
  })

  test('a word over numbers names columns, though levels come up again', () => {
    expect(firstLine(['n', 'word a'], below(plain, levels))).toEqual(named)
  })

  test('a number over few words is a row, whatever stands beside it', () => {
    expect(firstLine(['a', '7'], below(words(4), words(4)))).toEqual(row)
  })

  test('one word names the columns where no name comes twice; blank ones are none', () => {
    const four = below(plain, plain, plain, plain)
    expect(firstLine(['age', '44.5', '', ''], four).isNamed).toBe(true)
    expect(firstLine(['age', '44.5', '', ' '], four).isNamed).toBe(true)
    expect(firstLine(['age', '44.5', ' 44.5', ''], four).isNamed).toBe(false)
  })
})

describe('numbers that are a series', () => {
  const fractions = (count: number) => upTo(count, (i) => `${(i * 7) % count}.25`)
  const over = (width: number, count = 8) => below(...upTo(width, String).map(() => fractions(count)))

  test('years rise, and are whole', () => {
    expect(firstLine(['2019', '2020'], over(2))).toEqual(named)
    expect(firstLine(['2019', '2020'], over(2, 2))).toEqual(named)
    for (const none of [
      ['2020', '2019'],
      ['2019', '2019'],
      ['2019.0', '2020'],
      ['2019', '2500'],
      ['2500', '2600'],
      ['1700', '2019'],
    ])
      expect(firstLine(none, over(2)), none.join()).toEqual(row)
  })

  test('one year is one from five rows on', () => {
    expect(firstLine(['2019'], over(1, 4))).toEqual(row)
    expect(firstLine(['2019'], over(1, 5))).toEqual(named)
    expect(firstLine(['2500'], over(1, 9))).toEqual(row)
  })

  test('counted numbers are more than one, and whole', () => {
    expect(firstLine(['0'], over(1))).toEqual(row)
    expect(firstLine(['0', '1'], over(2))).toEqual(named)
    for (const none of [
      ['0', '1.0', '2'],
      ['0', '1.0', '2.0'],
      ['0.0', '1', '2'],
    ])
      expect(firstLine(none, below(numbers(9), numbers(9), numbers(9))), none.join()).toEqual(row)
    // A percentage among percentages, and a date among dates, are no numbers of a series.
    const marked = upTo(9, (i) => `${i}%`)
    const days = upTo(9, (i) => `2020-01-0${i + 1}`)
    expect(firstLine(['0', '1', '2%'], below(numbers(9), numbers(9), marked))).toEqual(row)
    expect(firstLine(['0', '1', '2020-01-01'], below(numbers(9), numbers(9), days))).toEqual(row)
  })

  test('rows that are counted, too, are fewer than two of a hundred; that rise, fewer than one of ten', () => {
    const counted = (count: number) =>
      upTo(count, String).map((_, i) => (i === 0 ? ['1', '2', '3'] : ['9', '5', '7']))
    expect(firstLine(['0', '1', '2'], counted(51))).toEqual(named)
    expect(firstLine(['0', '1', '2'], counted(50))).toEqual(row)
    const rising = (count: number) =>
      upTo(count, String).map((_, i) =>
        i === 0 ? ['1', '2', '3', '4', '5', '6'] : ['9', '5', '7', '8', '3', '2'],
      )
    const first = ['3', '9', '12', '30', '31', '99']
    expect(firstLine(first, rising(11))).toEqual(named)
    expect(firstLine(first, rising(10))).toEqual(row)
  })
})
