import type { Cell } from './cell.ts'
import { numberOf } from './number-text.ts'
import type { StoredType } from './stored-type.ts'

const WHOLE = /^-?(?:0|[1-9]\d{0,17})$/
/** As programs write numbers: no zeros in front, which a code has, and no sign but minus. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const DECIMAL = /^-?(\d+)(?:\.(\d+))?$/
const DATE = /^\d{4}-\d\d-\d\d$/
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?$/
const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(Z|[+-]\d\d:\d\d)$/

const isDate = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** Whether a number survives as a double: a long whole one is an identifier that would become another. */
const isKept = (text: string): boolean =>
  !Number.isNaN(numberOf(text)) && (/[.eE]/.test(text) || Number.isSafeInteger(Number(text)))

/** Whether a cell that is not missing can be stored as a type without becoming another. */
function fits(cell: Cell, type: StoredType): boolean {
  const text = String(cell)
  switch (type.kind) {
    case 'boolean':
      return text === 'true' || text === 'false'
    case 'integer':
      return typeof cell !== 'boolean' && WHOLE.test(text)
    case 'double':
      return typeof cell === 'number' || (NUMBER.test(text) && isKept(text))
    case 'decimal': {
      const [, before = '', after = ''] = DECIMAL.exec(text) ?? []
      return (
        before !== '' &&
        before.replace(/^0+/, '').length <= type.precision - type.scale &&
        after.length <= type.scale
      )
    }
    case 'date':
      return DATE.test(text) && isDate(text)
    case 'timestamp':
      return TIMESTAMP.test(text) && isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
    case 'instant':
      return INSTANT.test(text) && isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
    case 'text':
      return true
  }
}

const GUESSES: readonly StoredType[] = (
  ['boolean', 'integer', 'double', 'date', 'timestamp', 'instant'] as const
).map((kind) => ({ kind }))

/** Finds out what type holds all cells of a column as they are. */
export interface TypeTally {
  add(cell: Cell): void
  /** The type that the source has where that still holds all; else the narrowest that does. */
  type(): StoredType
}

export function typeTally(declared: StoredType | undefined): TypeTally {
  let left: readonly StoredType[] = declared ? [declared, ...GUESSES] : GUESSES
  let isEmpty = true
  return {
    add(cell) {
      if (cell === null) return
      isEmpty = false
      if (!left.every((type) => fits(cell, type))) left = left.filter((type) => fits(cell, type))
    },
    type: () => (isEmpty ? (declared ?? { kind: 'text' }) : (left[0] ?? { kind: 'text' })),
  }
}

/** A cell as its type has it: whole numbers that a double does not hold, decimals and dates stay texts. */
export function typedCell(cell: Cell, { kind }: StoredType): Cell {
  if (cell === null) return null
  if (kind === 'boolean') return String(cell) === 'true'
  if (kind === 'double') return Number(cell)
  if (kind !== 'integer') return String(cell)
  return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell)
}

/** Microseconds since 1970 of a date and time of day, in UTC where it names no zone. */
export function microsecondsOf(text: string): bigint {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? []
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`
  const seconds = Date.parse(zoned.replace(/\.\d+/, '').replace(' ', 'T').replace(/ /g, ''))
  return BigInt(seconds) * 1000n + BigInt(fraction.padEnd(6, '0'))
}
