import type { NDArray } from '../../base/arrays.ts'
import { dot } from '../../base/math/sums.ts'
import { fillNormal, streamOf } from '../../base/random.ts'
import type { CodeSpace } from '../../model/spaces.ts'

/** Codes as densities of plain numbers are fitted to them, and back. */
export interface Coordinates {
  inside(codes: NDArray): NDArray
  outside(codes: NDArray<Float32Array>): NDArray<Float32Array>
}

/** Codes stay this share of the radius away from the rim of a ball, as everywhere else. */
const RIM = 1e-5
/** Deviation of the logarithm of the lengths that unit vectors are given. */
const THICKNESS = 0.1
const STREAM = streamOf('lengths of unit vectors')

/** Coordinates of a space in which codes have a density; undefined where they are levels. */
export function coordinatesOf(space: CodeSpace): Coordinates | undefined {
  if (space.kind === 'euclidean') return asTheyAre
  if (space.kind === 'ball') return atTheCenter(space.curvature)
  return space.kind === 'sphere' ? thickened : undefined
}

export const asTheyAre: Coordinates = { inside: (codes) => codes, outside: (codes) => codes }

/** Vectors of the tangent plane at the center of the Poincaré ball, as long as codes are away from it. */
function atTheCenter(curvature: number): Coordinates {
  const root = Math.sqrt(curvature)
  return {
    inside: (codes) =>
      stretched(codes, (length) => (2 * Math.atanh(Math.min(root * length, 1 - RIM))) / (root * length)),
    outside: (codes) =>
      stretched(codes, (length) => Math.min(Math.tanh((root * length) / 2), 1 - RIM) / (root * length)),
  }
}

/** A sphere has no volume: its codes are given drawn lengths, which say nothing, and lose them again. */
const thickened: Coordinates = {
  inside(codes) {
    const noise = fillNormal(new Float32Array(codes.shape[0]), { seed: 0, stream: STREAM, step: 0 })
    return stretched(codes, (_, row) => Math.exp(THICKNESS * noise[row]))
  },
  outside: (codes) => stretched(codes, (length) => 1 / length),
}

/** Rows, each as many times as long as `by` says; rows of length 0 stay. */
function stretched(
  { data, shape: [rows, size] }: NDArray,
  by: (length: number, row: number) => number,
): NDArray<Float32Array> {
  const moved = new Float32Array(data.length)
  for (let row = 0; row < rows; row++) {
    const own = data.subarray(row * size, (row + 1) * size)
    const length = Math.sqrt(dot(own, own))
    const factor = length === 0 ? 1 : by(length, row)
    for (let d = 0; d < size; d++) moved[row * size + d] = factor * own[d]
  }
  return { data: moved, shape: [rows, size] }
}
