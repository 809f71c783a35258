import { fail } from '../base/errors.ts'
import { readInChunks } from '../data/chunks.ts'
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
  { shift, scale }: Affine,
): Promise<void> {
  const { name, support } = readerOf(recipe)
  const bytesInUnit =
    dataset.dtype === 'uint8' && (recipe.data.binarize !== 'none' || recipe.data.scaling === 'unit')
  if (support === anyNumber || (support.isUnit && bytesInUnit)) return
  for await (const { indices: chunk, rows } of readInChunks(dataset, indices)) {
    const { data } = rows
    const width = data.length / chunk.length
    const group = width / scale.data.length
    for (let at = 0; at < data.length; at++) {
      const column = Math.floor((at % width) / group)
      // In float32, as the model computes it: a byte of 255 comes out as 1.
      const x = Math.fround(Math.fround(data[at] - shift.data[column]) * scale.data[column])
      if (!support.holds(x)) refuse(x, chunk[Math.floor(at / width)], { name, support }, recipe)
    }
  }
}

function refuse(value: number, row: number, { name, support }: Reader, { data }: Recipe): never {
  const stored = data.scaling === 'none' ? '' : '--scaling none where the data are such numbers, or '
  return fail({
    code: support.isUnit ? 'recipe/outside-unit' : 'recipe/outside-support',
    seen: `${value} in row ${row + 1} (after scaling) for ${name}`,
    wanted: support.wanted,
    fix: support.isUnit
      ? 'use --likelihood gaussian --binarize none, or --scaling unit'
      : `use ${stored}--likelihood gaussian`,
    usage: true,
  })
}
