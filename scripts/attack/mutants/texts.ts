/** Changes the structure of what is written as text: tables of cells, JSON, XML. */
import { pick, type Roll, rearranged } from './dish.ts'

/** What people and programs write into cells, and what is more than they should. */
const ODD_CELLS = [
  ...['', ' ', 'NA', '-', '?', '#N/A', 'null', 'NaN', 'inf', '-Infinity', '1e999', '-1e-999', '1e308', '-0'],
  ...['0x10', '1_000', '1,234.5', '1.234,5', '٣', '½', '12:61', '2024-13-45', '0000-00-00', '+275760-09-13'],
  ...['99999999-01-01', '31.02.2024', '=cmd|A', "'", '"', '""', '"a', '\u0000', '\ufeff', '\ud800', '🏳️‍🌈'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u001b[31m', '\u202e', '5 kg', '1/3', '50%'],
  ...['9'.repeat(400), `1${'0'.repeat(20)}`, `0.${'0'.repeat(300)}1`, 'x'.repeat(40_000), '"'.repeat(999)],
]

const oddCell = (roll: Roll): string => pick(roll, ODD_CELLS)

const SEPARATORS = [',', ';', '\t', '|', ' ', ', ', '\u0001']
const LINE_ENDS = ['\n', '\r\n', '\r', '\n\n', '\u2028']

/** A table of cells with lines and cells changed, and at times another separator, or very many columns. */
export function oddTable(text: string, roll: Roll): string {
  const separator = pick(roll, roll(3) === 0 ? SEPARATORS : [','])
  const wide = (line: string): string => line.padEnd(line.length + roll(20_000), separator)
  const lines = rearranged(text.split(/\r?\n/), roll, (line) =>
    roll(40) === 0 ? wide(line) : rearranged(line.split(/[,;\t]/), roll, () => oddCell(roll)).join(separator),
  )
  const many =
    roll(60) === 0 ? Array.from({ length: 2000 }, (_, i) => lines[i % Math.max(1, lines.length)]) : lines
  return many.join(pick(roll, roll(4) === 0 ? LINE_ENDS : ['\n']))
}

/** Stands for text that `JSON.stringify` would not write. */
const RAW = 'raw\u0001'
const RAWS = [
  '1e999',
  '-1e999',
  '-0',
  '123456789012345678901234567890',
  '1e-400',
  'null',
  '{}',
  '[]',
  '"\\ud800"',
]

const oddValue = (roll: Roll): unknown => {
  const kind = roll(6)
  if (kind === 0) return oddCell(roll)
  if (kind === 1) return null
  if (kind === 2) return pick(roll, [0, -1, 0.5, 2 ** 53, -(2 ** 31), 1e308, true, false])
  if (kind === 3) return Array.from({ length: roll(50) }, () => oddCell(roll))
  if (kind === 4) return `${RAW}${pick(roll, [...RAWS, deep(roll)])}`
  return { [oddCell(roll)]: oddCell(roll) }
}

function deep(roll: Roll): string {
  const depth = pick(roll, [3, 60, 1000, 20_000])
  return roll(2) === 0
    ? '['.repeat(depth) + ']'.repeat(depth)
    : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
}

/** A value of JSON with something in it changed: replaced, left out, called otherwise, or nested. */
export function oddJson(value: unknown, roll: Roll): unknown {
  if (typeof value !== 'object' || value === null || roll(8) === 0)
    return roll(6) === 0 ? [value] : oddValue(roll)
  if (Array.isArray(value)) return rearranged(value, roll, (item) => oddJson(item, roll))
  const entries = rearranged(
    Object.entries(value as Record<string, unknown>),
    roll,
    ([key, inner]): [string, unknown] =>
      roll(5) === 0 ? [oddCell(roll), inner] : [key, oddJson(inner, roll)],
  )
  return Object.fromEntries(entries)
}

/** JSON as text, with what only text can say. */
export const jsonText = (value: unknown): string =>
  (JSON.stringify(value) ?? 'null').replace(/"raw\\u0001((?:[^"\\]|\\.)*)"/g, (_, inner: string) =>
    JSON.parse(`"${inner}"`),
  )

export const oddJsonText = (text: string, roll: Roll): string => jsonText(oddJson(JSON.parse(text), roll))

/** Lines of JSON, of which some are changed, doubled, or something else. */
export const oddJsonLines = (text: string, roll: Roll): string =>
  rearranged(text.split('\n'), roll, (line) => {
    if (line.trim() === '' || roll(6) === 0) return jsonText(oddValue(roll))
    return oddJsonText(line, roll)
  }).join('\n')

/** XML whose elements are left out, doubled or swapped, and whose attributes and texts are others. */
export function oddXml(text: string, roll: Roll): string {
  const parts = text.split(/(?=<)/)
  const attribute = (part: string): string =>
    part.replace(/"([^"]*)"/g, (whole, inner: string) =>
      roll(3) === 0 ? `"${oddAttribute(inner, roll)}"` : whole,
    )
  return rearranged(parts, roll, (part) => {
    const kind = roll(4)
    if (kind === 0) return part.replace(/>[^<]*$/, () => `>${oddCell(roll)}`)
    if (kind === 1) return `${part}${'<a>'.repeat(roll(3) === 0 ? 5000 : 2)}`
    return attribute(part)
  }).join('')
}

const PLACES = ['A1', 'XFD1048576', 'XFE1', 'A1048577', 'ZZZZ9', 'A0', '1', 'A1:XFD1048576', 'B99999999999']

const oddAttribute = (now: string, roll: Roll): string =>
  pick(roll, [
    pick(roll, PLACES),
    oddCell(roll).replaceAll('"', ''),
    `${Number(now) + 1}`,
    '-1',
    '4294967296',
  ])
