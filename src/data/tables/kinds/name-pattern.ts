/** How names of rows are built, so that new ones can be made that no row had. */
import * as z from 'zod/mini'
import { fillUniform, streamOf } from '../../../base/random.ts'
import type { Cell } from '../cell.ts'

export const namePatternSchema = z.discriminatedUnion('name', [
  /** A number between texts that are always the same, with so many digits; `next` is above all that were seen. */
  z.strictObject({
    name: z.literal('counted'),
    before: z.string(),
    after: z.string(),
    digits: z.int().check(z.minimum(0)),
    next: z.int(),
  }),
  /** Characters of kinds: 0 for digits, a and A for letters, x for small hexadecimal digits; others, after a backslash, stay. */
  z.strictObject({ name: z.literal('drawn'), shape: z.string() }),
])
export type NamePattern = z.infer<typeof namePatternSchema>

/** Longer names are no names. */
const LONGEST = 64

/** The pattern of whole numbers that name rows. */
export const numberPattern = (high: number): NamePattern | undefined =>
  Number.isSafeInteger(high + 1)
    ? { name: 'counted', before: '', after: '', digits: 0, next: high + 1 }
    : undefined

/** The pattern that all of some texts share; undefined where there is none, as in free text and in people's names. */
export function textPattern(texts: readonly string[]): NamePattern | undefined {
  if (texts.length === 0 || texts.some((text) => text.length > LONGEST)) return undefined
  return countedPattern(texts) ?? drawnPattern(texts)
}

function countedPattern(texts: readonly string[]): NamePattern | undefined {
  const parts = texts.map((text) => /^(.*?)(\d{1,15})(\D*)$/s.exec(text))
  const [first] = parts
  if (!first || parts.some((part) => part?.[1] !== first[1] || part[3] !== first[3])) return undefined
  const numbers = parts.map((part) => (part as RegExpExecArray)[2])
  const isPadded = numbers.some((number) => number.length > 1 && number.startsWith('0'))
  return {
    name: 'counted',
    before: first[1],
    after: first[3],
    digits: isPadded ? Math.max(...numbers.map(({ length }) => length)) : 0,
    next: numbers.reduce((most, number) => Math.max(most, Number(number)), 0) + 1,
  }
}

/** Kinds of characters, the narrowest first. */
const kinds = [
  { sign: '0', holds: /^[0-9]$/, all: '0123456789' },
  { sign: 'x', holds: /^[0-9a-f]$/, all: '0123456789abcdef' },
  { sign: 'a', holds: /^[a-z]$/, all: 'abcdefghijklmnopqrstuvwxyz' },
  { sign: 'A', holds: /^[A-Z]$/, all: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
] as const

/** Texts of one length whose characters are of one kind at each place, some of them digits. */
function drawnPattern(texts: readonly string[]): NamePattern | undefined {
  const { length } = texts[0]
  if (texts.some((text) => text.length !== length)) return undefined
  const places = Array.from({ length }, (_, at) => {
    const seen = new Set(texts.map((text) => text[at]))
    if (seen.size === 1) return `\\${[...seen][0]}`
    return kinds.find(({ holds }) => [...seen].every((character) => holds.test(character)))?.sign
  })
  if (places.includes(undefined) || !places.some((place) => place === '0' || place === 'x')) return undefined
  return { name: 'drawn', shape: places.join('') }
}

const naming = streamOf('synthesize-names')
const uniform = new Float32Array(LONGEST)

/** The new name of a row, by its number; a number where the column has numbers. */
export function newName(pattern: NamePattern, seed: number, row: number): Cell {
  if (pattern.name === 'counted') {
    const { before, after, digits, next } = pattern
    const number = next + row
    const isNumber = before === '' && after === '' && digits === 0
    return isNumber ? number : `${before}${String(number).padStart(digits, '0')}${after}`
  }
  fillUniform(uniform, { seed, stream: naming, step: row })
  let at = 0
  return pattern.shape.replace(/\\(.)|(.)/gs, (_, same: string | undefined, sign: string) => {
    if (same !== undefined) return same
    const { all } = kinds.find((kind) => kind.sign === sign) ?? kinds[0]
    return all[Math.floor(uniform[at++] * all.length)]
  })
}
