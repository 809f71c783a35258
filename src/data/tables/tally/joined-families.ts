/** Numbers whose units differ from cell to cell and still are one column: 987K and 3.6M, 1 season and 2 seasons. */
import { numberReader } from '../forms/index.ts'
import { type ScaledForm, scaled, scalesOf } from '../forms/scaled.ts'
import type { Family, Reading } from './decimal-tally.ts'
import type { FormReading } from './form-reading.ts'
import { joinedNumbers, type Numbers } from './number-tally.ts'
import type { Point } from './point.ts'

type Unit = ScaledForm['units'][number]

interface Part {
  readonly family: Family
  readonly reading: Reading
  readonly unit: Unit
}

const partOf = (family: Family, point: Point, scale: number, isOne = false): Part => {
  const reading = point === '.' ? family.point : family.comma
  return {
    family,
    reading,
    unit: {
      suffix: family.suffix,
      scale,
      decimals: [Math.min(reading.leastDecimals, reading.mostDecimals), reading.mostDecimals],
      ...(isOne && { isOne: true }),
    },
  }
}

/** Families of magnitudes; fewer than two where there are none. */
function magnitudes(families: readonly Family[], point: Point): Part[] {
  const scales = scalesOf(families.map(({ suffix }) => suffix))
  return families.flatMap((family) => {
    const scale = scales.get(family.suffix)
    return scale === undefined ? [] : [partOf(family, point, scale)]
  })
}

/** Letters of a unit from which on one more makes it plural, as it does not of m and ms. */
const LEAST_UNIT = 3

/** A unit in the singular and in the plural. */
function numbered(families: readonly Family[], point: Point): Part[] {
  for (const one of families) {
    if (one.suffix.trim().length < LEAST_UNIT) continue
    const many = families.find(({ suffix }) => /^(?:e?s|e?n|e)$/.test(suffixBehind(one, suffix)))
    if (many !== undefined) return [partOf(one, point, 1, true), partOf(many, point, 1)]
  }
  return []
}

const suffixBehind = (one: Family, suffix: string): string =>
  suffix.startsWith(one.suffix) ? suffix.slice(one.suffix.length) : ''

function scaledNumbers(numbers: Numbers, scale: number): Numbers {
  const sample = numbers.sample.map((value) => scaled(value, scale))
  return {
    ...numbers,
    whole: sample.every(Number.isInteger),
    low: scaled(numbers.low, scale),
    high: scaled(numbers.high, scale),
    mean: numbers.mean * scale,
    deviation: numbers.deviation * scale,
    sample,
  }
}

/** The reading of families that are one column; undefined where no two are. */
export function joinedFamilies(all: readonly Family[], point: Point): FormReading | undefined {
  const [first] = all
  const families = all.filter(({ prefix }) => prefix === first?.prefix)
  const scales = magnitudes(families, point)
  const parts = (scales.length > 1 ? scales : numbered(families, point)).filter(
    ({ reading }) => reading.numbers.count > 0,
  )
  if (parts.length < 2) return undefined
  const units = parts.map(({ unit }) => unit).sort((a, b) => a.scale - b.scale)
  const form: ScaledForm = {
    name: 'scaled',
    ...(first.prefix !== '' && { prefix: first.prefix }),
    ...{ point, units },
  }
  const read = numberReader(form)
  const [one, ...others] = parts.map(({ reading, unit }) =>
    scaledNumbers(reading.numbers.summary(), unit.scale),
  )
  const numbers = others.reduce((sum, next) => joinedNumbers(sum, next, read), one)
  return { form, numbers, texts: numbers.count }
}
