const MOST_TURNS = 60

/** A symmetric matrix taken apart: matrix = Σ valuesₖ · vectorₖ · vectorₖᵀ. */
export interface SymmetricEigen {
  /** Eigenvalues [size], greatest first. */
  readonly values: Float64Array
  /** Eigenvectors as rows [size, size], of length 1; the first entry of about the greatest magnitude is positive. */
  readonly vectors: Float64Array
}

/** Diagonal [size], the entries above it (the last unused), and the basis as rows. */
interface Tridiagonal {
  readonly diagonal: Float64Array
  readonly beside: Float64Array
  readonly basis: Float64Array
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix [size, size]: Householder reflections to a tridiagonal matrix, then
 * implicit QL steps. Golub & Van Loan 2013, §8.3.
 */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const scale = scaleOf(matrix)
  const form = tridiagonal(scale === 1 ? matrix : matrix.map((entry) => entry * scale), size)
  diagonalize(form, size)
  const { diagonal, basis } = form
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => diagonal[j] - diagonal[i] || i - j)
  const vectors = new Float64Array(size * size)
  order.forEach((from, row) => {
    vectors.set(pointed(basis.subarray(from * size, (from + 1) * size)), row * size)
  })
  return { values: Float64Array.from(order, (i) => diagonal[i] / scale), vectors }
}

/** A power of 2 that brings entries whose squares are out of a double's range back into it; 1 for all others. */
function scaleOf(matrix: Float64Array): number {
  const greatest = matrix.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0)
  if (greatest === 0 || (greatest > 2 ** -300 && greatest < 2 ** 300)) return 1
  return 2 ** -Math.max(-1000, Math.floor(Math.log2(greatest)))
}

/** matrix = basisᵀ · T · basis, one reflection a column. */
function tridiagonal(matrix: Float64Array, size: number): Tridiagonal {
  const a = matrix.slice()
  const basis = new Float64Array(size * size)
  for (let i = 0; i < size; i++) basis[i * size + i] = 1
  const beside = new Float64Array(size)
  const v = new Float64Array(size)
  const w = new Float64Array(size)
  for (let k = 0; k + 1 < size; k++) {
    beside[k] = reflectorOf(a, k, size, v)
    if (v[k + 1] === 0) continue
    reflectBothSides(a, k + 1, size, v, w)
    reflectRows(basis, k + 1, size, v, w)
  }
  return { diagonal: Float64Array.from({ length: size }, (_, i) => a[i * size + i]), beside, basis }
}

/** Writes v, with I − v·vᵀ the reflection that clears row k beyond k + 1; says what is left there. v is 0 for none. */
function reflectorOf(a: Float64Array, k: number, size: number, v: Float64Array): number {
  const first = a[k * size + k + 1]
  let rest = 0
  for (let i = k + 2; i < size; i++) rest = Math.max(rest, Math.abs(a[k * size + i]))
  v[k + 1] = 0
  if (rest === 0) return first
  const scale = Math.max(rest, Math.abs(first))
  let squares = 0
  for (let i = k + 1; i < size; i++) {
    v[i] = a[k * size + i] / scale
    squares += v[i] * v[i]
  }
  const length = v[k + 1] < 0 ? -Math.sqrt(squares) : Math.sqrt(squares)
  v[k + 1] += length
  // |v|² = 2, so that no factor is left.
  const norm = Math.sqrt(length * v[k + 1])
  for (let i = k + 1; i < size; i++) v[i] /= norm
  return -scale * length
}

/** The block of a from `from` on becomes (I − v·vᵀ)·a·(I − v·vᵀ). */
function reflectBothSides(
  a: Float64Array,
  from: number,
  size: number,
  v: Float64Array,
  w: Float64Array,
): void {
  let half = 0
  for (let i = from; i < size; i++) {
    let sum = 0
    for (let j = from; j < size; j++) sum += a[i * size + j] * v[j]
    w[i] = sum
    half += (sum * v[i]) / 2
  }
  for (let i = from; i < size; i++) w[i] -= half * v[i]
  for (let i = from; i < size; i++)
    for (let j = from; j < size; j++) a[i * size + j] -= v[i] * w[j] + w[i] * v[j]
}

/** basis becomes (I − v·vᵀ)·basis. */
function reflectRows(
  basis: Float64Array,
  from: number,
  size: number,
  v: Float64Array,
  w: Float64Array,
): void {
  w.fill(0)
  for (let i = from; i < size; i++)
    for (let column = 0; column < size; column++) w[column] += v[i] * basis[i * size + column]
  for (let i = from; i < size; i++)
    for (let column = 0; column < size; column++) basis[i * size + column] -= v[i] * w[column]
}

/** Turns the entries beside the diagonal to 0. */
function diagonalize({ diagonal, beside, basis }: Tridiagonal, size: number): void {
  let greatest = 0
  for (let i = 0; i < size; i++) greatest = Math.max(greatest, Math.abs(diagonal[i]) + Math.abs(beside[i]))
  for (let low = 0; low < size; low++)
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      let high = low
      // What is small next to the whole matrix is rounding: a null space has nothing of its own to compare with.
      while (high + 1 < size && Math.abs(beside[high]) > Number.EPSILON * greatest) high++
      if (high === low) break
      chase({ diagonal, beside, basis }, low, high, size)
    }
}

/** One implicit QL step on rows low … high, with the shift of Wilkinson. */
function chase({ diagonal, beside, basis }: Tridiagonal, low: number, high: number, size: number): void {
  const half = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low])
  const root = Math.sqrt(half * half + 1)
  let g = diagonal[high] - diagonal[low] + beside[low] / (half + (half < 0 ? -root : root))
  let [sine, cosine, taken] = [1, 1, 0]
  for (let i = high - 1; i >= low; i--) {
    const f = sine * beside[i]
    const b = cosine * beside[i]
    const radius = Math.sqrt(f * f + g * g)
    beside[i + 1] = radius
    if (radius === 0) {
      diagonal[i + 1] -= taken
      beside[high] = 0
      return
    }
    sine = f / radius
    cosine = g / radius
    const shifted = diagonal[i + 1] - taken
    const r = (diagonal[i] - shifted) * sine + 2 * cosine * b
    taken = sine * r
    diagonal[i + 1] = shifted + taken
    g = cosine * r - b
    turnRows(basis, i * size, (i + 1) * size, size, cosine, sine)
  }
  diagonal[low] -= taken
  beside[low] = g
  beside[high] = 0
}

function turnRows(basis: Float64Array, a: number, b: number, size: number, c: number, s: number): void {
  for (let k = 0; k < size; k++) {
    const x = basis[a + k]
    const y = basis[b + k]
    basis[a + k] = c * x - s * y
    basis[b + k] = s * x + c * y
  }
}

/** A direction has two signs; the same one is always chosen, though several entries be about the greatest. */
function pointed(vector: Float64Array): Float64Array {
  const greatest = Math.max(...vector.map(Math.abs))
  const first = vector.find((x) => Math.abs(x) > 0.999 * greatest) ?? 1
  return first < 0 ? vector.map((x) => -x) : vector
}
