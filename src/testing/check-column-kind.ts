import * as z from 'zod/mini'
import type { Cell } from '../data/tables/cell.ts'
import type { ColumnKindSpec } from '../data/tables/kinds/own.ts'
import { apart, drawn } from './evaluated.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { wordsFlaws } from './words.ts'

/** No cell of any kind. */
const STRANGE = '\u0000 no such cell'
/** A float32 holds numbers to this. */
const NEAR = 1e-5

/** What the numbers of a group are. */
const forms: Readonly<Record<ColumnKindSpec<unknown>['numbers'], (numbers: readonly number[]) => boolean>> = {
  real: () => true,
  count: (numbers) => numbers.every((value) => Number.isInteger(value) && value >= 0),
  binary: (numbers) => numbers.every((value) => value === 0 || value === 1),
  categorical: (numbers) =>
    numbers.every((value) => value === 0 || value === 1) &&
    numbers.filter((value) => value === 1).length === 1,
}

/** Whether cells become numbers of the kind that it says, and come back, and whatever a model makes becomes a cell. */
export const checkColumnKind = (
  kind: ColumnKindSpec<unknown>,
  cells: readonly Cell[],
): Promise<readonly Flaw[]> =>
  flawsOf('fit', async () => {
    const words = [
      ...wordsFlaws(kind),
      ...flawUnless(
        kind.wanted.length > 3,
        'wanted',
        () => `"${kind.wanted}"; wanted what a cell looks like`,
      ),
    ]
    if (cells.length === 0)
      return [...words, { check: 'cells', said: 'none; wanted cells of this kind to try it on' }]
    const fields = kind.fit(cells)
    if (typeof fields === 'string')
      return [...words, { check: 'fit', said: `these cells are refused: ${fields}` }]
    const kept = z.safeParse(kind.fields, JSON.parse(JSON.stringify(fields)))
    if (!kept.success)
      return [
        ...words,
        { check: 'fields', said: `${JSON.stringify(fields)}; wanted plain JSON that its schema takes` },
      ]
    return [...words, ...numbersOf(kind, kept.data, cells), ...cellsOf(kind, kept.data)]
  })

/** Cells to numbers, back, and to numbers once more. */
function numbersOf(kind: ColumnKindSpec<unknown>, fields: unknown, cells: readonly Cell[]): Flaw[] {
  const size = kind.size(fields)
  const written = cells.map((cell) => kind.write(cell, fields))
  const missing = cells.find((_, i) => written[i] === undefined)
  if (missing !== undefined)
    return [{ check: 'write', said: `nothing for ${JSON.stringify(missing)}; wanted its numbers` }]
  const numbers = written.map((own) => own ?? [])
  const odd = numbers.find(
    (own) => own.length !== size || !own.every(Number.isFinite) || !forms[kind.numbers](own),
  )
  if (odd)
    return [
      { check: 'write', said: `${JSON.stringify(odd)}; wanted ${size} finite numbers, ${kind.numbers} ones` },
    ]
  const back = numbers.map((own) => kind.read(own.map(Math.fround), fields))
  const lost = cells.find((_, i) => apart(kind.write(back[i], fields) ?? [], numbers[i]) > NEAR)
  const values = kind.numbers === 'real' ? numbers.flat().map(Math.abs) : []
  const far = values.find((value) => value > 100)
  return [
    ...flawUnless(
      lost === undefined,
      'read',
      () =>
        `${JSON.stringify(lost)} comes back as ${JSON.stringify(back[cells.indexOf(lost ?? null)])}; wanted a cell of the same numbers`,
    ),
    ...flawUnless(
      far === undefined && (values.length === 0 || values.some((value) => value > 0.01)),
      'scale',
      () => `real numbers up to ${Math.max(...values)}; wanted them about 0, with a variance about 1`,
    ),
    ...flawUnless(
      kind.write(STRANGE, fields) === undefined,
      'write',
      () => `numbers for ${JSON.stringify(STRANGE)}; wanted undefined for what is no cell of this kind`,
    ),
    ...flawUnless(
      kind.value === undefined || cells.every((cell) => Number.isFinite(kind.value?.(cell, fields))),
      'value',
      () => 'no finite number for a cell of this kind; wanted the one that it stands for',
    ),
  ]
}

/** What a model may make: numbers anywhere, shares between 0 and 1. */
function cellsOf(kind: ColumnKindSpec<unknown>, fields: unknown): Flaw[] {
  const [low, high] = kind.numbers === 'real' ? [-4, 4] : kind.numbers === 'count' ? [0, 20] : [0, 1]
  for (let seed = 0; seed < 50; seed++) {
    const numbers = Array.from(drawn([kind.size(fields)], seed, low, high).data)
    const cell = kind.read(numbers, fields)
    if (cell === null || kind.write(cell, fields) === undefined)
      return [
        {
          check: 'read',
          said: `${JSON.stringify(cell)} of ${JSON.stringify(numbers)}; wanted a cell of this kind`,
        },
      ]
  }
  return []
}
