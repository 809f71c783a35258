import * as z from 'zod/mini'
import type { Cell } from './cell.ts'
import { numberOf } from './number-text.ts'

/** A value of a column that has few of them. @inline */
export type Level = string | number | boolean

export const levelSchema = z.union([z.string(), z.number(), z.boolean()])

/** Longer texts with the same beginning are one level, so that tables of levels stay small. */
const LONGEST = 200

/** The text by which a level is known, wherever it comes from: true in JSON is "true" in CSV. */
export const levelKey = (cell: Cell): string =>
  typeof cell === 'string' ? cell.trim().slice(0, LONGEST) : String(cell)

/** The same for all levels that differ by case or blanks alone. */
export const foldedKey = (cell: Cell): string =>
  levelKey(cell).normalize('NFC').toLowerCase().replace(/\s+/g, ' ')

/** A cell as a level: a text that is exactly how its number, true or false is written becomes that. */
export function levelOf(cell: Level): Level {
  if (typeof cell !== 'string') return cell
  const key = levelKey(cell)
  if (key === 'true' || key === 'false') return key === 'true'
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

/** The number of a level; NaN where it is none, or too long for a double to tell it from its neighbors. */
function exactNumber(key: string): number {
  const value = numberOf(key)
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? Number.NaN : value
}

/** Spellings that are remembered at once, where each is looked up by its folded form. */
const MOST_REMEMBERED = 10_000

/** Finds levels by their folded form, where that names one of them alone. */
function foldedFinder(levels: readonly Level[]): (key: string) => number {
  const places = new Map<string, number>()
  for (const [place, level] of levels.entries()) {
    const folded = foldedKey(level)
    places.set(folded, places.has(folded) ? -1 : place)
  }
  const remembered = new Map<string, number>()
  return (key) => {
    const known = remembered.get(key)
    if (known !== undefined) return known
    const place = places.get(foldedKey(key)) ?? -1
    if (remembered.size < MOST_REMEMBERED) remembered.set(key, place)
    return place
  }
}

/**
 * Finds the place of a cell among levels, −1 where it is none; numbers match however they are written, texts whatever
 * their case and blanks, unless two levels differ by these alone.
 */
export function levelFinder(levels: readonly Level[]): (cell: Cell) => number {
  const places = new Map<Cell, number>()
  const learn = (key: Cell, place: number) => places.has(key) || places.set(key, place)
  for (const [place, level] of levels.entries()) learn(levelKey(level), place)
  for (const [place, level] of levels.entries()) learn(level, place)
  for (const [place, level] of levels.entries()) {
    const value = exactNumber(levelKey(level))
    if (!Number.isNaN(value)) learn(value, place)
  }
  const findFolded = foldedFinder(levels)
  return (cell) => {
    const place = places.get(cell)
    if (place !== undefined) return place
    const key = levelKey(cell)
    return places.get(key) ?? places.get(exactNumber(key)) ?? findFolded(key)
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
