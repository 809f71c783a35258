const MOST_SWEEPS = 60

/** A symmetric matrix taken apart: matrix = Σ valuesₖ · vectorₖ · vectorₖᵀ. */
export interface SymmetricEigen {
  /** Eigenvalues [size], greatest first. */
  readonly values: Float64Array
  /** Eigenvectors as rows [size, size], of length 1; the first entry of about the greatest magnitude is positive. */
  readonly vectors: Float64Array
}

/** Eigenvalues and eigenvectors of a symmetric matrix [size, size] by cyclic Jacobi rotations. Golub & Van Loan 2013, §8.5. */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const a = matrix.slice()
  const basis = new Float64Array(size * size)
  for (let i = 0; i < size; i++) basis[i * size + i] = 1
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) if (!sweepOnce(a, basis, size)) break
  const order = Array.from({ length: size }, (_, i) => i).sort(
    (i, j) => a[j * size + j] - a[i * size + i] || i - j,
  )
  const vectors = new Float64Array(size * size)
  order.forEach((from, row) => {
    vectors.set(pointed(basis.subarray(from * size, (from + 1) * size)), row * size)
  })
  return { values: Float64Array.from(order, (i) => a[i * size + i]), vectors }
}

/** Turns every pair of axes once; says whether anything was left to turn. */
function sweepOnce(a: Float64Array, basis: Float64Array, size: number): boolean {
  let turned = false
  for (let p = 0; p < size; p++)
    for (let q = p + 1; q < size; q++) {
      const scale = Math.abs(a[p * size + p]) + Math.abs(a[q * size + q])
      // Below half a unit in the last place of its diagonal, a rotation changes nothing.
      if (scale + Math.abs(a[p * size + q]) === scale) continue
      const angle = 0.5 * Math.atan2(2 * a[p * size + q], a[p * size + p] - a[q * size + q])
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, c, s)
      for (let k = 0; k < size; k++) {
        turn(a, p * size + k, q * size + k, c, s)
        turn(basis, p * size + k, q * size + k, c, s)
      }
      turned = true
    }
  return turned
}

function turn(a: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [a[i], a[j]]
  a[i] = c * x + s * y
  a[j] = c * y - s * x
}

/** A direction has two signs; the same one is always chosen, though several entries be about the greatest. */
function pointed(vector: Float64Array): Float64Array {
  const greatest = Math.max(...vector.map(Math.abs))
  const first = vector.find((x) => Math.abs(x) > 0.999 * greatest) ?? 1
  return first < 0 ? vector.map((x) => -x) : vector
}
