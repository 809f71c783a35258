/**
 * Counter-based random numbers: a draw is a pure function of (seed, stream, step, index).
 *
 * Philox4x32-10 (Salmon et al. 2011). Every operation is defined exactly by IEEE 754 or is integer arithmetic,
 * so each engine, browser and machine draws the same bits, and a resumed run draws what it would have drawn.
 */
export { streamOf, streams } from './streams.ts'

const MULTIPLIER_A = 0xd2511f53
const MULTIPLIER_B = 0xcd9e8d57
const WEYL_A = 0x9e3779b9
const WEYL_B = 0xbb67ae85
const ROUNDS = 10

/** Where in the counter space a draw sits. */
export interface Draw {
  readonly seed: number
  readonly stream: number
  /** Training step, example number, or whatever counts the uses of the stream. */
  readonly step: number
}

const LOW_A = MULTIPLIER_A & 0xffff
const HIGH_A = MULTIPLIER_A >>> 16
const LOW_B = MULTIPLIER_B & 0xffff
const HIGH_B = MULTIPLIER_B >>> 16

/** The bare Philox4x32-10 block: key (k0, k1) and counter (c0 … c3) as 32-bit words, four words into `out`. */
export function philoxBlock(
  k0: number,
  k1: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array | Int32Array,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    // High halves of MULTIPLIER_A·c0 and MULTIPLIER_B·c2 from 16-bit products, so that nothing leaves 32 bits.
    const low0 = c0 & 0xffff
    const high0 = c0 >>> 16
    const crossA = (Math.imul(HIGH_A, low0) + (Math.imul(LOW_A, low0) >>> 16)) | 0
    const carryA = (Math.imul(LOW_A, high0) + (crossA & 0xffff)) | 0
    const highA = (Math.imul(HIGH_A, high0) + (crossA >>> 16) + (carryA >>> 16)) | 0
    const low2 = c2 & 0xffff
    const high2 = c2 >>> 16
    const crossB = (Math.imul(HIGH_B, low2) + (Math.imul(LOW_B, low2) >>> 16)) | 0
    const carryB = (Math.imul(LOW_B, high2) + (crossB & 0xffff)) | 0
    const highB = (Math.imul(HIGH_B, high2) + (crossB >>> 16) + (carryB >>> 16)) | 0
    const lowA = Math.imul(MULTIPLIER_A, c0)
    const lowB = Math.imul(MULTIPLIER_B, c2)
    c0 = highB ^ c1 ^ k0
    c1 = lowB
    c2 = highA ^ c3 ^ k1
    c3 = lowA
    k0 = (k0 + WEYL_A) | 0
    k1 = (k1 + WEYL_B) | 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/** Bits 32 and up of a whole number below 2^53, as a 32-bit word. */
export const highWord = (value: number): number => Math.floor(value / 2 ** 32) | 0

/** One block of a draw: counter (index, stream, stepLow, stepHigh) under the seed. */
export function philox(draw: Draw, index: number, out: Uint32Array): void {
  const { seed, stream, step } = draw
  philoxBlock(seed | 0, highWord(seed), index | 0, stream | 0, step | 0, highWord(step), out)
}

/** Fills `out` with 32-bit words, index 0 onward. */
export function fillBits(out: Uint32Array, draw: Draw): Uint32Array {
  const block = new Uint32Array(4)
  for (let at = 0; at < out.length; at += 4) {
    philox(draw, at >>> 2, block)
    for (let lane = 0; lane < 4 && at + lane < out.length; lane++) out[at + lane] = block[lane]
  }
  return out
}

/** Uniform on [low, high), 24 random bits each. */
export function fillUniform(out: Float32Array, draw: Draw, low = 0, high = 1): Float32Array {
  const bits = fillBits(new Uint32Array(out.length), draw)
  for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * ((bits[i] >>> 8) * 2 ** -24)
  return out
}

/** Standard normal draws by the inverse of the normal distribution function. */
export function fillNormal(out: Float32Array, draw: Draw): Float32Array {
  const bits = fillBits(new Uint32Array(out.length), draw)
  for (let i = 0; i < out.length; i++) out[i] = normalQuantile((bits[i] + 0.5) * 2 ** -32)
  return out
}

/** A permutation of 0 … count-1 (Fisher–Yates). */
export const permutation = (count: number, draw: Draw): Uint32Array =>
  shuffled(new Uint32Array(count), fillBits(new Uint32Array(count), draw), 1)

/** In each column of a table [rows, columns] a permutation of 0 … rows-1, row-major. */
export function permutations(rows: number, columns: number, draw: Draw): Int32Array {
  const table = new Int32Array(rows * columns)
  const bits = fillBits(new Uint32Array(rows * columns), draw)
  for (let column = 0; column < columns; column++)
    shuffled(table.subarray(column), bits.subarray(column), columns, rows)
  return table
}

/** Writes a permutation of 0 … count-1 into every `stride`th place. */
function shuffled<Order extends Uint32Array | Int32Array>(
  order: Order,
  bits: Uint32Array,
  stride: number,
  count = order.length,
): Order {
  for (let i = 0; i < count; i++) order[i * stride] = i
  for (let i = count - 1; i > 0; i--) {
    // The product with a 32-bit fraction is exact in a double; its bias is below count / 2^32.
    const j = Math.floor((bits[i * stride] / 2 ** 32) * (i + 1))
    const held = order[i * stride]
    order[i * stride] = order[j * stride]
    order[j * stride] = held
  }
  return order
}

const ODD_RECIPROCALS = Array.from({ length: 11 }, (_, i) => 1 / (2 * i + 1))
const view = new DataView(new ArrayBuffer(8))

/** Natural logarithm from IEEE-exact operations only, so that it has the same bits everywhere; for normal x > 0. */
export function exactLog(x: number): number {
  view.setFloat64(0, x)
  const high = view.getUint32(0)
  let exponent = ((high >>> 20) & 0x7ff) - 1023
  view.setUint32(0, (high & 0x000fffff) | 0x3ff00000)
  let mantissa = view.getFloat64(0)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent += 1
  }
  // log m = 2 artanh((m-1)/(m+1)), |argument| < 0.172: the series to the 21st power is exact to double precision.
  const t = (mantissa - 1) / (mantissa + 1)
  const square = t * t
  let sum = 0
  for (let i = ODD_RECIPROCALS.length - 1; i >= 0; i--) sum = sum * square + ODD_RECIPROCALS[i]
  return exponent * Math.LN2 + 2 * t * sum
}

/** A polynomial of degree 7 by Horner's rule, written out because every draw pays for it. */
const evaluate = (c: readonly number[], x: number): number =>
  ((((((c[7] * x + c[6]) * x + c[5]) * x + c[4]) * x + c[3]) * x + c[2]) * x + c[1]) * x + c[0]

// Wichura 1988, algorithm AS 241 (PPND16): the three rational approximations, each coefficient as its nearest double.
const CENTER_OVER = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
]
const CENTER_UNDER = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
]
const MIDDLE_OVER = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
]
const MIDDLE_UNDER = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]
const TAIL_OVER = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const TAIL_UNDER = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
]

/** Quantile of the standard normal distribution at p in (0, 1). Wichura 1988, AS 241; relative error about 1e-16. */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * evaluate(CENTER_OVER, r)) / evaluate(CENTER_UNDER, r)
  }
  const r = Math.sqrt(-exactLog(q < 0 ? p : 1 - p))
  const magnitude =
    r <= 5
      ? evaluate(MIDDLE_OVER, r - 1.6) / evaluate(MIDDLE_UNDER, r - 1.6)
      : evaluate(TAIL_OVER, r - 5) / evaluate(TAIL_UNDER, r - 5)
  return q < 0 ? -magnitude : magnitude
}
