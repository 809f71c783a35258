import { fail } from '../base/errors.ts'
import type { Rows } from '../data/examples.ts'
import type { Affine } from '../data/transforms/scaling.ts'
import { likelihoodOf } from '../model/spec.ts'
import type { Recipe } from './recipe.ts'

const CHUNK = 1024
/** A scale is a float32: the largest training value may come out this much above 1. */
const SLACK = 1e-6

/** Refuses data outside [0, 1] where each number is a probability of 1: a loss would have no floor. */
export async function refuseOutsideUnit(
  recipe: Recipe,
  { dataset, indices }: Rows,
  { shift, scale }: Affine,
): Promise<void> {
  const { kind } = likelihoodOf(recipe.model)
  const alwaysInside =
    dataset.dtype === 'uint8' && (recipe.data.binarize !== 'none' || recipe.data.scaling === 'unit')
  const mustLieInside = kind.unitInterval || recipe.data.binarize !== 'none'
  if (!mustLieInside || alwaysInside) return
  for (let start = 0; start < indices.length; start += CHUNK) {
    const chunk = indices.subarray(start, start + CHUNK)
    const { data } = await dataset.read(chunk)
    const width = data.length / chunk.length
    const group = width / scale.data.length
    for (let at = 0; at < data.length; at++) {
      const column = Math.floor((at % width) / group)
      const x = (data[at] - shift.data[column]) * scale.data[column]
      if (!(x >= -SLACK && x <= 1 + SLACK))
        refuse(
          kind.unitInterval ? `the likelihood "${kind.name}"` : `binarize "${recipe.data.binarize}"`,
          x,
          chunk[Math.floor(at / width)],
        )
    }
  }
}

function refuse(user: string, value: number, row: number): never {
  return fail({
    code: 'recipe/outside-unit',
    seen: `${value} in row ${row + 1} (after scaling) for ${user}`,
    wanted: 'values from 0 to 1',
    fix: 'use --likelihood gaussian --binarize none, or --scaling unit',
    usage: true,
  })
}
