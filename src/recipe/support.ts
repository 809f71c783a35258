import { fail } from '../base/errors.ts'
import { readInChunks } from '../data/chunks.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Rows } from '../data/examples.ts'
import type { Affine } from '../data/transforms/scaling.ts'
import { anyNumber, type Support, unitInterval } from '../model/likelihoods/likelihood.ts'
import { likelihoodOf } from '../model/spec.ts'
import type { Recipe } from './recipe.ts'

/** What takes data as they are: a likelihood, or the drawing of black and white before it. */
interface Reader {
  readonly name: string
  readonly support: Support
}

/** Drawn pixels are 0 and 1, which every likelihood has; what is drawn from must be probabilities. */
function readerOf({ model, data }: Recipe): Reader {
  const { kind, options } = likelihoodOf(model)
  const support = kind.support(options)
  const name = `the likelihood "${kind.name}"`
  if (data.binarize === 'none') return { name, support }
  return { name: support.isUnit ? name : `binarize "${data.binarize}"`, support: unitInterval }
}

/**
 * Refuses rows that a likelihood gives no probability, as the model would see them: their loss would mean nothing.
 *
 * Errors (usage): `recipe/outside-unit` where values from 0 to 1 are wanted, else `recipe/outside-support`.
 */
export async function refuseOutsideSupport(
  recipe: Recipe,
  { dataset, indices }: Rows,
  scaling: Affine,
): Promise<void> {
  const { name, support } = readerOf(recipe)
  if (support === anyNumber || holdsAllBytes(dataset, scaling, support)) return
  for await (const { indices: chunk, rows } of readInChunks(dataset, indices)) {
    const { data } = rows
    const width = data.length / chunk.length
    const group = width / scaling.scale.data.length
    for (let at = 0; at < data.length; at++) {
      const column = Math.floor((at % width) / group)
      const x = seenAs(data[at], scaling, column)
      if (!support.holds(x)) refuseValue(x, chunk[Math.floor(at / width)], { name, support }, recipe)
    }
  }
}

/** In float32, as the model computes it: a byte of 255 comes out as 1. */
const seenAs = (stored: number, { shift, scale }: Affine, column: number): number =>
  Math.fround(Math.fround(stored - shift.data[column]) * scale.data[column])

/** Whether any byte there can be will do: they are few enough to try, where the rows may be many. */
function holdsAllBytes({ dtype, areBits }: Dataset, scaling: Affine, support: Support): boolean {
  if (dtype !== 'uint8') return false
  const bytes = Array.from({ length: areBits ? 2 : 256 }, (_, byte) => byte)
  const columns = Array.from(scaling.scale.data.keys())
  return columns.every((column) => bytes.every((byte) => support.holds(seenAs(byte, scaling, column))))
}

function refuseValue(value: number, row: number, { name, support }: Reader, { data }: Recipe): never {
  const stored = data.scaling === 'none' ? '' : '--scaling none where the data are such numbers, or '
  return fail({
    code: support.isUnit ? 'recipe/outside-unit' : 'recipe/outside-support',
    seen: `${value} in row ${row + 1} (after scaling) for ${name}`,
    wanted: support.wanted,
    fix:
      support.fix ??
      (support.isUnit
        ? 'use --likelihood gaussian --binarize none, or --scaling unit'
        : `use ${stored}--likelihood gaussian`),
    usage: true,
  })
}
