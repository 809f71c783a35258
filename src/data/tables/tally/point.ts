/** Whether a point or a comma stands before the decimals of a column: by all of its cells, else by its table. */
import type { PointEvidence } from './decimal-tally.ts'

/** What stands before the decimals. */
export type Point = '.' | ','

/** That a column's own cells do not tell what stands before their decimals. */
export interface PointDoubt {
  /** How it was taken, and why. */
  readonly point: Point
  readonly because: 'few' | 'dollar' | 'table' | 'usual'
  /** A cell, what it is as it was taken, and what it would be otherwise. */
  readonly text: string
  readonly value: number
  readonly other: number
}

/** What is known of a column's table and said of the column. */
export interface PointSetting {
  readonly told?: Point
  /** Whether another column of the table surely has decimal commas. */
  readonly inCommaTable: boolean
}

export interface PointChoice {
  readonly point: Point
  readonly doubt?: PointDoubt
}

/**
 * Of three decimals one in ten ends in a 0 that nobody writes: where fewer cells have other than three, they may be slips of
 * a pen among thousands.
 */
const FEW = 0.1
/** Whole numbers below 1,000 beside 27,762 from which on they are thousands: of three decimals one in a thousand ends so. */
const SMALL = 2

interface Said {
  readonly point?: Point
  readonly isSure: boolean
}

/** What the cells themselves say. */
function saidBy({ point, comma, either, small, example }: PointEvidence, hasCommas: boolean): Said {
  if (point > comma) return { point: '.', isSure: true }
  if (comma > point || either === 0) {
    const isRare = comma < FEW * (comma + either)
    if (isRare && example?.isDollar) return { isSure: false }
    return { point: comma > 0 ? ',' : '.', isSure: !isRare }
  }
  return hasCommas && small >= SMALL ? { point: '.', isSure: true } : { isSure: false }
}

const joined = (a: PointEvidence, b: PointEvidence): PointEvidence => ({
  point: a.point + b.point,
  comma: a.comma + b.comma,
  either: a.either + b.either,
  small: a.small + b.small,
  example: a.example ?? b.example,
})

/**
 * What stands before the decimals: `commas` is what texts with commas or signs say, `plain` what numbers such as 12.345
 * do, which in a table of decimal commas are 12345.
 */
export function chosenPoint(
  commas: PointEvidence,
  plain: PointEvidence,
  { told, inCommaTable }: PointSetting,
): PointChoice {
  if (told !== undefined) return { point: told }
  const all = joined(commas, plain)
  const said = saidBy(all, commas.either > 0)
  if (said.isSure || all.example === undefined) return { point: said.point ?? '.' }
  const { text, isDollar, ...values } = all.example
  const point = said.point ?? (inCommaTable && !isDollar ? ',' : '.')
  // That 12.345 has three decimals is doubted only where something speaks for thousands.
  if (commas.either === 0 && !inCommaTable && plain.small < SMALL) return { point }
  const because = said.point ? 'few' : isDollar ? 'dollar' : inCommaTable ? 'table' : 'usual'
  const [value, other] = point === '.' ? [values.point, values.comma] : [values.comma, values.point]
  return { point, doubt: { point, because, text, value, other } }
}
