import * as z from 'zod'
import type { Cell } from './cell.ts'
import { numberOf } from './number-text.ts'

/** A value of a column that has few of them. */
export type Level = string | number | boolean

export const levelSchema = z.union([z.string(), z.number(), z.boolean()])

/** Longer texts with the same beginning are one level, so that tables of levels stay small. */
const LONGEST = 200

/** The text by which a level is known, wherever it comes from: true in JSON is "true" in CSV. */
export const levelKey = (cell: Cell): string =>
  typeof cell === 'string' ? cell.trim().slice(0, LONGEST) : String(cell)

/** A cell as a level: a text that is exactly how its number is written becomes the number. */
export function levelOf(cell: Level): Level {
  if (typeof cell !== 'string') return cell
  const key = levelKey(cell)
  const value = numberOf(key)
  // A slice of a text keeps the whole text alive, here a whole chunk of a file; what is parsed anew does not.
  return String(value) === key ? value : (JSON.parse(JSON.stringify(key)) as string)
}

/** Numbers by size, then texts by their characters: no before yes, false before true. */
export function compareLevels(a: Level, b: Level): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'number') return -1
  if (typeof b === 'number') return 1
  return levelKey(a) < levelKey(b) ? -1 : 1
}

/** Finds the place of a cell among levels, −1 where it is none; numbers match however they are written. */
export function levelFinder(levels: readonly Level[]): (cell: Cell) => number {
  const places = new Map<Cell, number>()
  const learn = (key: Cell, place: number) => places.has(key) || places.set(key, place)
  for (const [place, level] of levels.entries()) learn(levelKey(level), place)
  for (const [place, level] of levels.entries()) learn(level, place)
  for (const [place, level] of levels.entries()) {
    const value = numberOf(levelKey(level))
    if (!Number.isNaN(value)) learn(value, place)
  }
  return (cell) => {
    const place = places.get(cell) ?? places.get(levelKey(cell))
    return place ?? places.get(numberOf(levelKey(cell))) ?? -1
  }
}

/** A level as people read it in a sentence. */
export const levelText = (level: Level): string => {
  const text = String(level)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/** A few levels as people read them: a, b, c, … */
export const levelList = (levels: readonly Level[], most = 10): string =>
  `${levels.slice(0, most).map(levelText).join(', ')}${levels.length > most ? ', …' : ''}`
