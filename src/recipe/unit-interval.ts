import { fail } from '../base/errors.ts'
import type { Rows } from '../data/examples.ts'
import type { Affine } from '../data/transforms/scaling.ts'
import { likelihoodOf } from '../model/spec.ts'
import type { Recipe } from './recipe.ts'

const CHUNK = 1024

/** Refuses data outside [0, 1] where the likelihood is a probability of 1: its loss would have no floor. */
export async function refuseOutsideUnit(
  recipe: Recipe,
  { dataset, indices }: Rows,
  { shift, scale }: Affine,
): Promise<void> {
  const { kind } = likelihoodOf(recipe.model)
  const alwaysInside =
    recipe.data.binarize !== 'none' || (dataset.dtype === 'uint8' && recipe.data.scaling === 'unit')
  if (!kind.unitInterval || alwaysInside) return
  for (let start = 0; start < indices.length; start += CHUNK) {
    const chunk = indices.subarray(start, start + CHUNK)
    const { data } = await dataset.read(chunk)
    const width = data.length / chunk.length
    const group = width / scale.data.length
    for (let at = 0; at < data.length; at++) {
      const column = Math.floor((at % width) / group)
      const x = (data[at] - shift.data[column]) * scale.data[column]
      if (!(x >= 0 && x <= 1)) refuse(kind.name, x, chunk[Math.floor(at / width)])
    }
  }
}

function refuse(likelihood: string, value: number, row: number): never {
  return fail({
    code: 'recipe/outside-unit',
    seen: `${value} in row ${row + 1} (after scaling) for the likelihood "${likelihood}"`,
    wanted: 'values from 0 to 1',
    fix: 'use --likelihood gaussian, or --set data.scaling=unit',
    usage: true,
  })
}
