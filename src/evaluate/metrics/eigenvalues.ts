const MOST_SWEEPS = 60

/** Eigenvalues of a symmetric matrix, row-major, in no order, by cyclic Jacobi rotations. Golub & Van Loan 2013, §8.5. */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const a = matrix.slice()
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let turned = false
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const scale = Math.abs(a[p * size + p]) + Math.abs(a[q * size + q])
        // Below half a unit in the last place of its diagonal, a rotation changes nothing.
        if (scale + Math.abs(a[p * size + q]) === scale) continue
        rotate(a, size, p, q)
        turned = true
      }
    if (!turned) break
  }
  return Float64Array.from({ length: size }, (_, i) => a[i * size + i])
}

/** Makes entry [p, q] zero. */
function rotate(a: Float64Array, size: number, p: number, q: number): void {
  const angle = 0.5 * Math.atan2(2 * a[p * size + q], a[p * size + p] - a[q * size + q])
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, c, s)
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, c, s)
}

function turn(a: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [a[i], a[j]]
  a[i] = c * x + s * y
  a[j] = c * y - s * x
}
