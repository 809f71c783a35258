import * as z from 'zod/mini'
import { numberOf } from '../number-text.ts'
import { readBody, splitNumber } from './split-number.ts'
import type { Writing } from './writing.ts'

export const scaledSchema = z.strictObject({
  name: z.literal('scaled'),
  prefix: z.optional(z.string()),
  point: z.enum(['.', ',']),
  /** What stands behind numbers, and how much one of it is, the least first. */
  units: z
    .array(
      z.strictObject({
        suffix: z.string(),
        scale: z.number().check(z.positive()),
        /** The fewest and the most decimals that are written. */
        decimals: z.tuple([z.int(), z.int()]),
        /** Whether it stands behind 1 alone, as in 1 season and 2 seasons. */
        isOne: z.optional(z.literal(true)),
      }),
    )
    .check(z.minLength(2)),
})
export type ScaledForm = z.infer<typeof scaledSchema>
type Unit = ScaledForm['units'][number]

const THOUSAND = 1000
/** Magnitudes that go together, and of which one must be there: a lone g, t or m is a gram, a tonne or a metre. */
const SCALES: readonly {
  readonly one: readonly string[]
  readonly of: Readonly<Record<string, number>>
}[] = [
  {
    one: ['kb', 'mb', 'gb', 'tb'],
    of: { b: 1, kb: THOUSAND, mb: THOUSAND ** 2, gb: THOUSAND ** 3, tb: THOUSAND ** 4 },
  },
  { one: ['kib', 'mib', 'gib', 'tib'], of: { b: 1, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 } },
  {
    one: ['k', 'b', 'bn'],
    of: { k: THOUSAND, m: THOUSAND ** 2, b: THOUSAND ** 3, bn: THOUSAND ** 3, t: THOUSAND ** 4 },
  },
  { one: ['k'], of: { k: THOUSAND, m: THOUSAND ** 2, g: THOUSAND ** 3, t: THOUSAND ** 4 } },
]

const bare = (text: string): string => text.trim().toLowerCase()

/** The scales of what stands behind the numbers of a column, by what is written; those that are no magnitude are not in it. */
export function scalesOf(suffixes: readonly string[]): ReadonlyMap<string, number> {
  const all = suffixes.map((suffix) => [suffix, bare(suffix)] as const)
  const found = SCALES.filter(({ one }) => all.some(([, name]) => one.includes(name))).map(
    ({ of }) => new Map(all.flatMap(([suffix, name]) => (name in of ? [[suffix, of[name]] as const] : []))),
  )
  return found.reduce((most, scales) => (scales.size > most.size ? scales : most), new Map<string, number>())
}

/** A number times a scale, without the digits that floating point adds. */
export const scaled = (value: number, scale: number): number =>
  scale === 1 ? value : Number((value * scale).toPrecision(15))

function reader({ prefix = '', point, units }: ScaledForm): (text: string) => number {
  const scales = new Map(units.map(({ suffix, scale }) => [bare(suffix), scale]))
  return (text) => {
    const plain = numberOf(text)
    if (!Number.isNaN(plain)) return plain
    const parts = splitNumber(text)
    const scale = parts && scales.get(bare(parts.suffix))
    if (parts === undefined || scale === undefined) return Number.NaN
    if (parts.prefix !== '' && bare(parts.prefix) !== bare(prefix)) return Number.NaN
    const value = scaled(readBody(parts.body, point)?.value ?? Number.NaN, scale)
    return parts.negative === 'no' ? value : -value
  }
}

function writer({ prefix = '', point, units }: ScaledForm): (value: number) => string {
  const rounded = (size: number, { scale, decimals: [, most] }: Unit) => Number((size / scale).toFixed(most))
  const descending = units.toReversed()
  const unitOf = (size: number): Unit =>
    units.find(({ isOne, scale }) => isOne && size === scale) ??
    descending.find((unit) => !unit.isOne && rounded(size, unit) >= 1) ??
    units.find(({ isOne }) => !isOne) ??
    units[0]
  return (value) => {
    const size = Math.abs(value)
    const unit = unitOf(size)
    const [least] = unit.decimals
    const digits = String(rounded(size, unit))
    const own = digits.split('.')[1]?.length ?? 0
    const body = own < least ? Number(digits).toFixed(least) : digits
    return `${value < 0 && Number(digits) > 0 ? '-' : ''}${prefix}${body.replace('.', point)}${unit.suffix}`
  }
}

/** Numbers with magnitudes that differ, such as 987K and 3.6M, and with units in the singular and the plural. */
export const scaledWriting = (form: ScaledForm): Writing => ({ read: reader(form), write: writer(form) })
