import type { Cell } from './cell.ts'
import { foldedKey, type Level, levelFinder } from './levels.ts'

const YES = 'true yes y t ja j oui o si sí s sim on wahr vrai vero verdadero da tak áno ano'.split(' ')
const NO = 'false no n f nein non nee não nao off falsch faux falso ne nie'.split(' ')

const truths = new Map<string, boolean>([
  ...YES.map((word) => [word, true] as const),
  ...NO.map((word) => [word, false] as const),
])

/** Whether a level says yes or no, in any case; undefined where it says neither. */
export const truthOf = (level: Cell): boolean | undefined =>
  typeof level === 'number' ? undefined : truths.get(foldedKey(level))

/** Whether a cell says yes or no, numbers 1 and 0 among them, as databases write these. */
function truthOfCell(cell: Cell): boolean | undefined {
  const key = typeof cell === 'number' ? String(cell) : foldedKey(cell)
  return key === '1' || key === '0' ? key === '1' : truths.get(key)
}

const isWord = (level: Level): boolean => String(level).length > 1

/** Whether levels are words for yes and no, of both kinds, and not letters alone; 1 and 0 may stand among them. */
export function saysTruth(levels: readonly Level[]): boolean {
  const words = levels.filter((level) => truthOf(level) !== undefined)
  const found = words.map(truthOf)
  return (
    levels.every((level) => truthOfCell(level) !== undefined) &&
    found.includes(true) &&
    found.includes(false) &&
    words.some(isWord)
  )
}

/** Finds 0 or 1 for a cell, −1 for neither; yes and no in other words where the two are such words. */
export function pairFinder(levels: readonly [Level, Level]): (cell: Cell) => number {
  const find = levelFinder(levels)
  if (!saysTruth(levels)) return find
  const isFirst = truthOf(levels[0])
  return (cell) => {
    const place = find(cell)
    if (place >= 0) return place
    const truth = truthOfCell(cell)
    return truth === undefined ? -1 : truth === isFirst ? 0 : 1
  }
}
