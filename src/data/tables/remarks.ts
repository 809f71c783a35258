/** What is said of a column besides its kind, each as the end of a sentence; empty where there is nothing to say. */
import { isTimeName } from './dates/numeric-dates.ts'
import { short } from './kinds/evidence.ts'
import { type Level, levelText } from './levels.ts'
import { sentinelsOf } from './sentinels.ts'
import type { ColumnSummary } from './tally/summary.ts'

interface Judged {
  readonly summary: ColumnSummary
  readonly kind: string
  /** The columns of the table. */
  readonly columns: readonly ColumnSummary[]
}

const NUMBERS: readonly string[] = ['real', 'count']
const LEVELS: readonly string[] = ['binary', 'categorical', 'ordinal']
const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`
const quoted = (level: Level): string => `"${levelText(level)}"`

/** Which words were taken for missing. */
function missingRemark({ summary: { name, missingWords }, kind }: Judged): string {
  const words = missingWords.map(({ level, count }) => `${quoted(level)} in ${rows(count)}`)
  if (words.length === 0) return ''
  const names = missingWords.map(({ level }) => levelText(level)).filter((word) => /^\p{L}+$/u.test(word))
  const remedy =
    LEVELS.includes(kind) && names.length > 0
      ? ` (a level if named: --kind '${name}=categorical:${names.join(',')}')`
      : ''
  return `${words.join(', ')} counts as missing${remedy}`
}

/** Which levels are written in several ways. */
function spellingRemark({ summary: { texts }, kind }: Judged): string {
  if (!LEVELS.includes(kind) || texts.spellings.length === 0) return ''
  const said = texts.spellings
    .slice(0, 3)
    .map(({ level, others }) => `${[...others.slice(0, 3)].map(quoted).join(' and ')} as ${quoted(level)}`)
  return `${said.join(', ')}${texts.spellings.length > 3 ? ', …' : ''} (they differ by case or blanks alone)`
}

/** Which numbers may stand for missing. */
function sentinelRemark({ summary, kind }: Judged): string {
  if (!NUMBERS.includes(kind)) return ''
  return sentinelsOf(summary)
    .map(
      ({ value, count, low, high }) =>
        `${value} in ${rows(count)} lies far from the rest (${short(low)} to ${short(high)}): if it means missing, say --missing '${summary.name}=${value}'`,
    )
    .join('; ')
}

/** Share of the values from which on one of them is nearly all there is. */
const NEARLY = 0.99

/** What varies so little that nearly nothing can be learned of it. */
function nearlyConstantRemark({ summary, kind }: Judged): string {
  if (kind === 'identifier' || kind === 'constant') return ''
  const { rows: all, missing, numbers, texts } = summary
  const values = all - missing
  const [most] = [...(numbers.levels ?? []), ...texts.levels].sort((a, b) => b.count - a.count)
  if (most === undefined || most.count < NEARLY * values || most.count === values) return ''
  return `nearly constant: ${levelText(most.level)} in ${most.count} of ${rows(values)}`
}

const LATITUDE = /^lat$|latitude|breite(?:ngrad)?$/i
const LONGITUDE = /^(?:lon|lng|long)$|longitude|länge(?:ngrad)?$|laenge/i
const LAST_PART = /[^_.\s-]+$/

const isPlace = (
  { name, numbers: { low, high, count } }: ColumnSummary,
  names: RegExp,
  most: number,
): boolean => count > 0 && low >= -most && high <= most && names.test(LAST_PART.exec(name)?.[0] ?? name)

/** Which two columns are places on the globe. */
function placeRemark({ summary, kind, columns }: Judged): string {
  if (kind !== 'real') return ''
  const [isLatitude, isLongitude] = [isPlace(summary, LATITUDE, 90), isPlace(summary, LONGITUDE, 360)]
  if (!isLatitude && !isLongitude) return ''
  const other = columns.find((one) =>
    isLatitude ? isPlace(one, LONGITUDE, 360) : isPlace(one, LATITUDE, 90),
  )
  if (other === undefined) return ''
  return `degrees of ${isLatitude ? 'latitude' : 'longitude'}, with "${other.name}"`
}

/** Days that Excel would count so: 1990 to 2099. */
const EXCEL_DAYS = [32_874, 73_050] as const
const DAY = 86_400_000
const EXCEL_BEGIN = Date.UTC(1899, 11, 30)
const excelDay = (days: number): string =>
  new Date(EXCEL_BEGIN + Math.floor(days) * DAY).toISOString().slice(0, 10)

/** Which numbers may be days that a spreadsheet counts. */
function excelDaysRemark({ summary: { name, numbers }, kind }: Judged): string {
  const { low, high } = numbers
  if (!NUMBERS.includes(kind) || !isTimeName(name) || low < EXCEL_DAYS[0] || high > EXCEL_DAYS[1]) return ''
  return `these may be days as Excel counts them, from ${excelDay(low)} to ${excelDay(high)}: if so, format them as dates there and save again`
}

/** Why numbers with different signs around them are none. */
function affixRemark({ summary: { affixes, numbers }, kind }: Judged): string {
  const different = affixes.filter((affix) => affix !== '')
  if (NUMBERS.includes(kind) || kind === 'datetime' || different.length < 2 || numbers.form) return ''
  return `numbers with different signs or units: ${different.map(quoted).join(', ')}`
}

const remarks: readonly ((judged: Judged) => string)[] = [
  missingRemark,
  spellingRemark,
  nearlyConstantRemark,
  placeRemark,
  affixRemark,
  excelDaysRemark,
  sentinelRemark,
]

/** All that is said of a column besides its kind. */
export const remarksOn = (judged: Judged): string =>
  remarks
    .map((remark) => remark(judged))
    .filter((text) => text !== '')
    .map((text) => `; ${text}`)
    .join('')
