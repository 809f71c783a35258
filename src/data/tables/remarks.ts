/** What is said of a column besides its kind, each as the end of a sentence; empty where there is nothing to say. */
import { MINUTE, minutesAhead } from './dates/calendar.ts'
import { isTimeName } from './dates/numeric-dates.ts'
import { dateWriter } from './dates/pattern.ts'
import { numberWriter } from './forms/index.ts'
import { datesOf } from './kinds/datetime.ts'
import { short } from './kinds/evidence.ts'
import { type Level, levelText } from './levels.ts'
import { dateSentinelsOf, type Sentinel, sentinelsOf } from './sentinels.ts'
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
function missingRemark({ summary: { name, missingWords, rows: all, missing }, kind }: Judged): string {
  const words = missingWords.map(({ level, count }) => `${quoted(level)} in ${rows(count)}`)
  if (words.length === 0) return ''
  const names = missingWords.map(({ level }) => levelText(level)).filter((word) => /^\p{L}+$/u.test(word))
  const remedy =
    (LEVELS.includes(kind) || (kind === 'constant' && missing < all)) && names.length > 0
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

/** That values may stand for missing; `written` as the column writes them, `said` as ends of a range. */
const sentinelsSaid = (
  name: string,
  sentinels: readonly Sentinel[],
  written: (value: number) => string,
  said = written,
): string =>
  sentinels
    .map(
      ({ value, count, low, high }) =>
        `${written(value)} in ${rows(count)} lies far from the rest (${said(low)} to ${said(high)}): if it means missing, say --missing '${name}=${written(value)}'`,
    )
    .join('; ')

/** Which numbers and dates may stand for missing. */
function sentinelRemark({ summary, kind }: Judged): string {
  if (NUMBERS.includes(kind)) return sentinelsSaid(summary.name, sentinelsOf(summary), String, short)
  const dates = kind === 'datetime' ? datesOf(summary) : undefined
  if (dates === undefined) return ''
  const { zone = '' } = dates.format
  const ahead = minutesAhead(zone) * MINUTE
  const write = dateWriter(dates.format)
  return sentinelsSaid(summary.name, dateSentinelsOf(dates.sample.map((time) => time + ahead)), (local) =>
    write(local - ahead),
  )
}

const BECAUSE = {
  few: (sign: string) => `few cells have other than three digits behind the ${sign}`,
  dollar: () => 'as with a dollar sign',
  table: () => 'as other columns of the table have decimal commas',
  usual: () => 'as where no other column has decimal commas',
} as const

/** That numbers are read without the marks beside them. */
const markRemark = ({
  summary: {
    numbers: { marked = 0 },
  },
  kind,
}: Judged): string =>
  marked === 0 || !NUMBERS.includes(kind)
    ? ''
    : `${marked} ${marked === 1 ? 'is read without the mark beside it' : 'are read without the marks beside them'}, as 6.77 of 6.77*`

/** That a column could be of other numbers, were its points commas and its commas points. */
function pointRemark({ summary: { name, numbers }, kind }: Judged): string {
  const { doubt } = numbers
  if (doubt === undefined || !NUMBERS.includes(kind)) return ''
  const { text, value, other, point, because } = doubt
  const said = `${quoted(text)} is taken for ${value}, ${BECAUSE[because](text.includes('.') ? 'point' : 'comma')}`
  const otherwise = point === '.' ? 'comma' : 'point'
  return `${said}: it could be ${other} (--kind '${name}=${kind}:${otherwise}' if so)`
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

const dates = (count: number): string => `${count} ${count === 1 ? 'date' : 'dates'}`

/** That some dates are dates with the day first alone, and others with the month first alone. */
function orderRemark({ summary: { name, texts }, kind }: Judged): string {
  const { readings, ordered, areMixed } = texts.dates
  const [dayFirst, monthFirst] = ['dmy', 'mdy'].map((order) => readings.find((one) => one.order === order))
  const several = areMixed && kind === 'datetime' ? 'dates are written in several ways' : ''
  if (dayFirst === undefined || monthFirst === undefined) return several
  const others = areMixed ? (readings.find(({ order }) => order === 'said')?.count ?? 0) : 0
  const [onlyMonth, onlyDay] = [ordered + others - dayFirst.count, ordered + others - monthFirst.count]
  if (onlyMonth <= 0 || onlyDay <= 0) return several
  const remedy =
    kind === 'datetime'
      ? ''
      : `: mend them in the table, or say --kind '${name}=datetime:dmy', by which those others are odd`
  return `${dates(onlyDay)} can only have the day first, ${dates(onlyMonth)} only the month${remedy}`
}

/** That hours and minutes may be minutes and seconds. */
function clockRemark({ summary: { numbers }, kind }: Judged): string {
  const { form, low, high } = numbers
  if (!NUMBERS.includes(kind) || form?.name !== 'clock' || form.parts !== 'h:m' || high < 2 * 3600) return ''
  const written = numberWriter(form)
  return `taken for hours and minutes, ${written(low)} to ${written(high)}; minutes and seconds would be a sixtieth of it, and else the same`
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
  pointRemark,
  markRemark,
  orderRemark,
  clockRemark,
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
