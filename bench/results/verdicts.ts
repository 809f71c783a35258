import type { Wanted } from '../race/wanted.ts'
import type { Result } from './result.ts'

/** A sentence for each bound: what was wanted, what was seen, and whether that will do. */
export const verdicts = (wanted: readonly Wanted[], results: readonly Result[]): string[] =>
  wanted.map(({ of, figure, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }) => {
    const result = results.find(({ contestant }) => contestant === of)
    const seen = result && numberOf(result, figure)
    const bound = Number.isFinite(atLeast) ? `≥ ${short(atLeast)}` : `≤ ${short(atMost)}`
    if (seen === undefined) return `not measured: ${of} ${figure} ${bound}`
    return `${seen >= atLeast && seen <= atMost ? 'reached' : 'MISSED'}: ${of} ${figure} ${short(seen)}, wanted ${bound}`
  })

function numberOf(result: Result, figure: string): number | undefined {
  const numbers: Readonly<Record<string, unknown>> = { ...result.figures, ...result }
  const value = numbers[figure]
  return typeof value === 'number' ? value : undefined
}

const short = (value: number): string => String(Number(value.toPrecision(3)))
