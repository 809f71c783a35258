import { expect, test } from 'vitest'
import { isOfOtherKind, isRuler, unitLines, unitNote } from './unit-lines.ts'

const rows = Array.from({ length: 10 }, (_, i) => [`city ${i}`, String(i), `${i}.5`, `2020-01-0${i}`])

test('a line of words over columns of numbers and dates is of another kind', () => {
  expect(isOfOtherKind(['', 'kg', 'm', ''], rows)).toBe(true)
  expect(isOfOtherKind(['name', 'kg', 'm', 'day'], rows)).toBe(true)
  expect(isOfOtherKind(['', 'kg', '', ''], rows)).toBe(false)
  expect(isOfOtherKind(['', 'kg', '', ''], rows, 1)).toBe(true)
  expect(isOfOtherKind(['', 'kg', 'm', '2020-01-01'], rows)).toBe(false)
  expect(isOfOtherKind(['', '1', '2', ''], rows)).toBe(false)
  expect(isOfOtherKind(['a', '', '', ''], rows)).toBe(false)
})

test('three rows below are enough, two are not', () => {
  expect(isOfOtherKind(['', 'kg', 'm', ''], rows.slice(0, 3))).toBe(true)
  expect(isOfOtherKind(['', 'kg', 'm', ''], rows.slice(0, 2))).toBe(false)
})

test('nine cells of ten make a column of numbers, eight do not; missing ones have no say', () => {
  const withWords = (words: number, word: string) =>
    rows.map((row, i) => (i < words ? [row[0], word, word, row[3]] : row))
  expect(isOfOtherKind(['', 'kg', 'm', ''], withWords(1, 'few'))).toBe(true)
  expect(isOfOtherKind(['', 'kg', 'm', ''], withWords(2, 'few'))).toBe(false)
  expect(isOfOtherKind(['', 'kg', 'm', ''], withWords(5, ''))).toBe(true)
  expect(isOfOtherKind(['', 'kg', 'm', ''], withWords(10, 'NA'))).toBe(false)
  // A word that a row has, too, is a level.
  expect(isOfOtherKind(['', 'few', 'few', ''], withWords(1, 'few'))).toBe(false)
})

test('four fifths of the columns it fills must have a word', () => {
  const wide = rows.map((_, i) => Array.from({ length: 5 }, () => String(i)))
  expect(isOfOtherKind(['a', 'b', 'c', 'd', '7'], wide)).toBe(true)
  expect(isOfOtherKind(['a', 'b', 'c', '7', '7'], wide)).toBe(false)
})

test('rulers are dashes in every filled cell', () => {
  for (const line of [['---', '---'], [':--', '--:'], ['--', ''], ['+---+---'], [' :--: ']])
    expect(isRuler(line), line.join()).toBe(true)
  for (const line of [['-', '---'], ['---', 'x'], ['', ''], [], ['x---'], ['---x'], ['::--']])
    expect(isRuler(line), line.join()).toBe(false)
})

test('a ruler is one line, units are one, and roles below them another', () => {
  const units = ['', 'kg', 'm', '']
  expect(
    unitLines([
      ['---', '---'],
      ['a', '1'],
    ]),
  ).toBe(1)
  expect(unitLines([['---', '---']])).toBe(0)
  expect(unitLines([])).toBe(0)
  expect(unitLines(rows)).toBe(0)
  expect(unitLines([units, ...rows])).toBe(1)
  expect(unitLines([units, ['', 'target', '', ''], ...rows])).toBe(2)
  expect(unitLines([units, ['', '', '', ''], ...rows])).toBe(2)
  expect(unitLines([units, ['', '3', 'meta', ''], ...rows])).toBe(1)
  expect(unitLines([units, ['meta', '', '', ''], ...rows])).toBe(1)
})

test('what was passed over is said with forty characters of it', () => {
  expect(unitNote(2, ['', 'kg', 'm'])).toMatch(/^line 2 "kg, m" looks like/)
  expect(unitNote(2, ['a'.repeat(41)])).toContain(`"${'a'.repeat(40)}…"`)
  expect(unitNote(2, ['a'.repeat(40)])).toContain(`"${'a'.repeat(40)}" looks`)
})

test('blanks fill nothing, and short rows lack what is not in them', () => {
  expect(isOfOtherKind([' ', 'kg', 'm', '\t'], rows)).toBe(true)
  expect(isRuler([' ', '---'])).toBe(true)
  const short = rows.map((row, i) => (i < 5 ? row.slice(0, 2) : row))
  expect(isOfOtherKind(['', 'kg', 'm', 'day'], short)).toBe(true)
})

test('a second line with a number in it is a row, words beside it notwithstanding', () => {
  const wide = rows.map((_, i) => Array.from({ length: 6 }, () => String(i)))
  const units = ['a', 'b', 'c', 'd', 'e', 'f']
  expect(unitLines([units, ['p', 'q', 'r', 's', 't', 'u'], ...wide])).toBe(2)
  expect(unitLines([units, ['p', 'q', 'r', 's', 't', '7'], ...wide])).toBe(1)
  expect(unitLines([units, ['p', 'q', 'r', 's', 't', '2020-01-01'], ...wide])).toBe(1)
})
