import type { Cell } from './cell.ts'
import { numberOf } from './number-text.ts'
import type { StoredType } from './stored-type.ts'

const WHOLE = /^-?(?:0|[1-9]\d{0,19})$/
/** As programs write numbers: no zeros in front, which a code has, but for one before a point, and no sign but minus. */
const NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/
const DECIMAL = /^-?(\d+)(?:\.(\d+))?$/
const DATE = /^\d{4}-\d\d-\d\d$/
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.(\d{1,9}))?)?(?: ?(Z|[+-]\d\d:\d\d))?$/
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.(\d{1,9}))?)?$/
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/
const HEX = /^(?:[\da-f]{2})*$/

const isDate = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** Whether a text is a date and time of day, with a zone or without, of no more decimals of a second than are kept. */
function isMoment(text: string, isZoned: boolean, decimals: number): boolean {
  const [, day = '', fraction = '', zone] = MOMENT.exec(text) ?? []
  return (
    day !== '' &&
    (zone !== undefined) === isZoned &&
    fraction.length <= decimals &&
    isDate(day) &&
    !Number.isNaN(Date.parse(text))
  )
}

/** Whether a number survives as a double: a long whole one is an identifier that would become another. */
const isKept = (text: string): boolean =>
  !Number.isNaN(numberOf(text)) && (/[.eE]/.test(text) || Number.isSafeInteger(Number(text)))

type OfKind<Kind> = Extract<StoredType, { readonly kind: Kind }>

const isInteger = (text: string, { bits = 64, isUnsigned = false }: OfKind<'integer'>): boolean => {
  if (!WHOLE.test(text)) return false
  if (text.length < 3) return !(isUnsigned && text.startsWith('-'))
  const value = BigInt(text)
  return value === (isUnsigned ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value))
}

function isDecimal(text: string, { precision, scale }: OfKind<'decimal'>): boolean {
  const [, before = '', after = ''] = DECIMAL.exec(text) ?? []
  return before !== '' && before.replace(/^0+/, '').length <= precision - scale && after.length <= scale
}

/** Whether a cell that is not missing can be stored as a type without becoming another. */
function fits(cell: Cell, type: StoredType): boolean {
  const text = String(cell)
  switch (type.kind) {
    case 'boolean':
      return text === 'true' || text === 'false'
    case 'integer':
      return typeof cell !== 'boolean' && isInteger(text, type)
    case 'double':
    case 'duration':
      return typeof cell === 'number' || (NUMBER.test(text) && isKept(text))
    case 'decimal':
      return isDecimal(text, type)
    case 'date':
      return DATE.test(text) && isDate(text)
    case 'timestamp':
    case 'instant':
      return isMoment(text, type.kind === 'instant', Math.max(type.decimals ?? 6, 6))
    case 'time':
      return (TIME.exec(text)?.[1] ?? '').length <= (type.decimals ?? 6) && TIME.test(text)
    case 'uuid':
      return UUID.test(text)
    case 'bytes':
      return HEX.test(text)
    case 'list':
    case 'struct':
    case 'map':
      return false
    default:
      return true
  }
}

const GUESSES: readonly StoredType[] = (
  ['boolean', 'integer', 'double', 'date', 'timestamp', 'instant'] as const
).map((kind) => ({ kind }))

/** Finds out what type holds all cells of a column as they are. */
export interface TypeTally {
  /** Takes in a cell, or a value as its source stores it, which is of its type. */
  add(cell: unknown): void
  /** The type that the source has where that still holds all; else the narrowest that does. */
  type(): StoredType
  /** Whether a cell was missing. */
  hasGaps(): boolean
}

const isStored = (cell: unknown): boolean => typeof cell === 'object' || typeof cell === 'bigint'

export function typeTally(declared: StoredType | undefined): TypeTally {
  let left: readonly StoredType[] = declared ? [declared, ...GUESSES] : GUESSES
  let isEmpty = true
  let hasGaps = false
  return {
    add(cell) {
      if (cell === null || cell === undefined) {
        hasGaps = true
        return
      }
      isEmpty = false
      if (isStored(cell)) left = [declared ?? { kind: 'json' }]
      else if (!left.every((type) => fits(cell as Cell, type)))
        left = left.filter((type) => fits(cell as Cell, type))
    },
    type: () => (isEmpty ? (declared ?? { kind: 'text' }) : (left[0] ?? { kind: 'text' })),
    hasGaps: () => hasGaps,
  }
}

/** A cell as its type has it: whole numbers that a double does not hold, decimals and dates stay texts. */
export function typedCell(cell: unknown, { kind }: StoredType): unknown {
  if (cell === null || cell === undefined) return null
  if (isStored(cell)) return cell
  if (kind === 'boolean') return String(cell) === 'true'
  if (kind === 'double') return Number(cell)
  if (kind === 'duration') return cell
  if (kind !== 'integer') return String(cell)
  return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell)
}

/** Bounds of whole numbers of so many bits. */
const heldIn = (value: number, { bits = 64, isUnsigned = false }: OfKind<'integer'>): number => {
  const most = 2 ** (isUnsigned ? bits : bits - 1) - 1
  return Math.min(Math.max(value, isUnsigned ? 0 : -most - 1), bits === 64 ? Number.MAX_SAFE_INTEGER : most)
}

/** A cell that a model made, as a column of a type can hold it: numbers are rounded as it has them. */
export function fittedCell(cell: Cell, type: StoredType | undefined): Cell {
  if (type === undefined || cell === null) return cell
  const value = typeof cell === 'number' ? cell : numberOf(String(cell))
  if (Number.isNaN(value)) return cell
  if (type.kind === 'integer' && typeof cell !== 'boolean') return heldIn(Math.round(value), type)
  // Of so large a number `toFixed` gives no digits.
  if (type.kind === 'decimal')
    return Math.abs(value) < 1e21 ? value.toFixed(type.scale) : String(BigInt(value))
  return cell
}
