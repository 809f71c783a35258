/** What people ask of new rows, read from text: conditions on cells, and rules between columns. */
import { fail } from '../../base/errors.ts'
import { levelList } from '../../data/tables/levels.ts'
import type { PlainCell } from '../../statistics/rules/rule.ts'
import type { PlainColumn } from './plain-cells.ts'

/** Something that a row of plain cells keeps or breaks. */
export interface Condition {
  readonly text: string
  holds(row: readonly PlainCell[]): boolean
}

const signs = {
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '!=': (a, b) => a !== b,
  '==': (a, b) => a === b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '=': (a, b) => a === b,
} as const satisfies Readonly<Record<string, (a: number | string, b: number | string) => boolean>>
type Sign = keyof typeof signs
const SIGN = /<=|>=|!=|==|<|>|=/
/** Whether two cells that are known compare so. */
const compare = (a: PlainCell, sign: Sign, b: PlainCell): boolean =>
  a !== null && b !== null && signs[sign](a, b)

const isEquality = (sign: Sign): boolean => sign === '=' || sign === '==' || sign === '!='

/**
 * Conditions such as `species=Adelie,mass>4000`: a column, a sign, and a value as the table writes it, in quotes where it
 * holds a comma. Cells that are missing meet none. Errors, usage: `infer/where`.
 */
export function readWhere(text: string, columns: readonly PlainColumn[]): Condition[] {
  const parts = text.match(/(?:"[^"]*"|[^,"])+/g) ?? []
  if (parts.length === 0) refuseRequest('where', text, 'conditions such as species=Adelie,mass>4000')
  return parts.map((part) => readCondition(part.trim(), columns))
}

function readCondition(text: string, columns: readonly PlainColumn[]): Condition {
  const place = columnAt(text, columns)
  if (place < 0) refuseColumn('where', text, columns)
  const column = columns[place]
  const rest = text.slice(column.name.length).trimStart()
  const sign = SIGN.exec(rest)?.[0] as Sign | undefined
  if (sign === undefined || !rest.startsWith(sign))
    return refuseRequest('where', text, `${column.name} and one of ${Object.keys(signs).join(' ')}`)
  const written = rest
    .slice(sign.length)
    .trim()
    .replace(/^"(.*)"$/, '$1')
  const value = column.read(written)
  if (column.kind === 'level') {
    if (!isEquality(sign)) refuseRequest('where', text, `= or !=, since "${column.name}" has levels`)
    if (value === null || !isLevel(column, value))
      refuseRequest('where', text, `one of ${levelList(column.levels ?? [])}`)
  } else if (value === null)
    refuseRequest('where', text, column.kind === 'date' ? 'a date as the column writes it' : 'a number')
  return { text, holds: (row) => compare(row[place], sign, value) }
}

const isLevel = ({ levels = [], vague }: PlainColumn, value: PlainCell): boolean =>
  value !== vague && levels.some((level) => String(level) === value)

/** The column that a text begins with, the longest name of all. */
const columnAt = (text: string, columns: readonly PlainColumn[]): number =>
  columns.reduce(
    (best, { name }, at) =>
      text.startsWith(name) && (best < 0 || name.length > columns[best].name.length) ? at : best,
    -1,
  )

/**
 * A rule between columns of numbers or of dates: `end >= start`, `a + b = c`, `2 * a < b`. Rows in which one of them is
 * missing keep it. Numbers are equal as far as their decimals go. Errors, usage: `infer/rule`.
 */
export function readRule(text: string, columns: readonly PlainColumn[]): Condition {
  const sign = SIGN.exec(text)
  if (!sign) return refuseRequest('rule', text, 'a comparison such as end >= start or a + b = c')
  const left = readSum(text.slice(0, sign.index), text, columns)
  const right = readSum(text.slice(sign.index + sign[0].length), text, columns)
  if (left.level && right.level) return sameLevels(text, sign[0] as Sign, [left.level, right.level])
  if (left.level || right.level)
    return refuseRequest('rule', text, 'numbers or dates on both sides, or a level on each')
  const near = 0.501 * (left.unit + right.unit)
  const compares = signs[sign[0] as Sign]
  const holds = (row: readonly PlainCell[]): boolean => {
    const gap = left.value(row) - right.value(row)
    if (Number.isNaN(gap)) return true
    return compares(isEquality(sign[0] as Sign) && Math.abs(gap) <= near ? 0 : gap, 0)
  }
  return { text, holds }
}

interface Sum {
  /** What its parts are rounded to, added up. */
  readonly unit: number
  /** The place of a column of levels, which stands alone. */
  readonly level?: { readonly place: number }
  value(row: readonly PlainCell[]): number
}

function readSum(side: string, text: string, columns: readonly PlainColumn[]): Sum {
  const whole = columns.findIndex(({ name }) => name === side.trim())
  if (whole >= 0 && columns[whole].kind === 'level')
    return { unit: 0, level: { place: whole }, value: () => Number.NaN }
  const parts = whole >= 0 ? [side.trim()] : side.trim().split(/\s+(?=[+-]\s)/)
  const terms = parts.map((part) => readTerm(part, text, columns))
  return {
    unit: terms.reduce(
      (sum, { place, factor }) =>
        sum + (place === undefined ? 0 : Math.abs(factor) * (columns[place].unit ?? 1e-9)),
      0,
    ),
    value: (row) =>
      terms.reduce((sum, { place, factor }) => {
        if (place === undefined) return sum + factor
        const cell = row[place]
        return sum + factor * (typeof cell === 'number' ? cell : Number.NaN)
      }, 0),
  }
}

/** `- 2 * a`, `a` or `5`. */
function readTerm(
  part: string,
  text: string,
  columns: readonly PlainColumn[],
): { readonly place?: number; readonly factor: number } {
  const [, sign = '', rest = ''] = /^([+-]\s)?\s*(.*)$/.exec(part.trim()) ?? []
  const [, times, name = ''] = /^(?:(\S+)\s*\*\s*)?(.*)$/.exec(rest.trim()) ?? []
  const factor = (times === undefined ? 1 : Number(times)) * (sign.startsWith('-') ? -1 : 1)
  const place = columns.findIndex((column) => column.name === name.trim())
  if (place < 0 && times === undefined && name.trim() !== '' && !Number.isNaN(Number(name)))
    return { factor: factor * Number(name) }
  if (place < 0) return refuseColumn('rule', name.trim(), columns)
  if (Number.isNaN(factor) || columns[place].kind === 'level')
    refuseRequest('rule', text, 'numbers or dates, such as end >= start or a + 2 * b = c')
  return { place, factor }
}

const sameLevels = (
  text: string,
  sign: Sign,
  [left, right]: readonly { readonly place: number }[],
): Condition => {
  if (!isEquality(sign)) refuseRequest('rule', text, '= or !=, since these columns have levels')
  return {
    text,
    holds: (row) =>
      row[left.place] === null ||
      row[right.place] === null ||
      compare(row[left.place], sign, row[right.place]),
  }
}

const refuseRequest = (what: 'where' | 'rule', text: string, wanted: string): never =>
  fail({
    code: `infer/${what}`,
    seen: `"${text}"`,
    wanted,
    fix: 'write it so, with names as in the table',
    usage: true,
  })

const refuseColumn = (what: 'where' | 'rule', text: string, columns: readonly PlainColumn[]): never =>
  refuseRequest(
    what,
    text,
    `a column of the model: ${levelList(
      columns.map(({ name }) => name),
      20,
    )}`,
  )
