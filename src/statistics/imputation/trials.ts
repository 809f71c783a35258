import { fillUniform, streamOf } from '../../base/random.ts'
import { fitImputers, openImputers, rowFiller } from './fit-imputers.ts'
import { findGaps, type GapTable, newGaps, withHidden } from './gap-table.ts'
import { deviations, unpacked } from './gaussians.ts'
import type { Imputer } from './imputer.ts'
import { IMPUTERS, jointGaussian } from './index.ts'
import { condition, newConditional } from './mixture.ts'

/** Cells of a column that were known and hidden, and what each imputer said of them. */
export interface HiddenCells {
  readonly rows: number[]
  /** The turn in which each was hidden. */
  readonly turns: number[]
  /** What they hold [cells × slots]. */
  readonly truth: number[]
  /** By imputer, in the order of `IMPUTERS`; empty where it had nothing to say. [cells × slots] */
  readonly said: readonly number[][]
  /** How far the joint Gaussian expects each encoded number to lie from its mean [cells × slots]. */
  readonly spread: number[]
  /** Encoded numbers of what they hold [cells × slots]. */
  readonly encoded: number[]
}

/** Shares that the known cells are dealt out to; one at a time is hidden. */
export const SHARES = 5
/** Rows from which on fewer shares are hidden in turn: their cells are many enough, and each costs a fit. */
const MANY = [300, 900] as const

/** How many of the shares are hidden in turn. */
export const turnsOf = (rows: number): number => (rows > MANY[1] ? FEWEST : rows > MANY[0] ? 3 : SHARES)

/** As few as still say how sure the choice is. */
export const FEWEST = 2

const dealing = streamOf('hidden-cells')

/** Which cells are hidden in each turn: 1 where one is [count × columns]. */
export function hiddenCells(
  { count, columns, known }: GapTable,
  seed: number,
  turns = turnsOf(count),
): Uint8Array[] {
  const chances = fillUniform(new Float32Array(known.length), { seed, stream: dealing, step: 0 })
  return Array.from({ length: turns }, (_, turn) =>
    known.map((is, at) => (is === 1 && Math.floor(chances[at] * SHARES) === turn ? 1 : 0)),
  ).filter((hidden) => columns.length > 0 && hidden.includes(1))
}

/** Hides known cells, fits every imputer to what is left, and asks each for them: for each column, of all turns. */
export function hideAndFill(
  table: GapTable,
  turns: readonly Uint8Array[],
  seed: number,
  imputers: readonly Imputer[] = IMPUTERS,
): HiddenCells[] {
  const found = table.columns.map(
    (): HiddenCells => ({
      rows: [],
      turns: [],
      truth: [],
      said: IMPUTERS.map(() => []),
      spread: [],
      encoded: [],
    }),
  )
  for (const [turn, hidden] of turns.entries()) ask(table, { hidden, turn, imputers }, seed, found)
  return found
}

interface Turn {
  readonly hidden: Uint8Array
  readonly turn: number
  readonly imputers: readonly Imputer[]
}

function ask(
  table: GapTable,
  { hidden, turn, imputers }: Turn,
  seed: number,
  found: readonly HiddenCells[],
): void {
  const { width, columns, count } = table
  const part = withHidden(table, hidden)
  const learned = fitImputers(part, seed, imputers)
  const opened = openImputers(learned, table)
  const places = opened.map(({ name }) => IMPUTERS.findIndex((imputer) => imputer.name === name))
  const fill = rowFiller(opened, table)
  const spread = learned[jointGaussian.name] ? spreadOf(learned[jointGaussian.name], part) : undefined
  for (let row = 0; row < count; row++) {
    const asked = columns.flatMap((_, place) => (hidden[row * columns.length + place] === 1 ? [place] : []))
    if (asked.length === 0) continue
    const deviation = spread?.(row)
    for (const place of asked) {
      const { rows, turns, truth, encoded, spread: own } = found[place]
      const { at, slots } = columns[place]
      rows.push(row)
      turns.push(turn)
      for (let slot = at; slot < at + slots; slot++) {
        truth.push(table.targets[row * width + slot])
        encoded.push(table.encoded[row * width + slot])
        own.push(deviation?.[slot] ?? 1)
      }
    }
    fill(part, row, (targets, which) => {
      for (const place of asked) {
        const { at, slots } = columns[place]
        for (let slot = at; slot < at + slots; slot++) found[place].said[places[which]].push(targets[slot])
      }
    })
  }
}

/** Standard deviations of a row's missing encoded numbers by the joint Gaussian [width]; of what is known, nothing. */
export function spreadOf(gaussian: Float32Array, table: GapTable): (row: number) => Float64Array {
  const { width } = table
  const [component] = unpacked(gaussian, width)
  const gaps = newGaps(width)
  const conditional = newConditional(width)
  const each = new Float64Array(width)
  const out = new Float64Array(width)
  return (row) => {
    findGaps(table, row, gaps)
    condition(component, table.encoded, row * width, gaps, conditional)
    deviations(conditional, gaps.count, each)
    for (let gap = 0; gap < gaps.count; gap++) out[gaps.slots[gap]] = each[gap]
    return out
  }
}
