/**
 * Standard normal draws: Philox4x32-10 and the quantile of the normal distribution by AS 241. AssemblyScript,
 * compiled to WebAssembly SIMD.
 *
 * The same operations on the same numbers in the same order as `fillNormal` of src/base/random.ts, which is its tested
 * twin: every one of them is exact or rounded as IEEE 754 says, so the bits are the same. `out` is a multiple of 16;
 * numbers are written four at a time, so that there is room for a multiple of four.
 */
export function update(
  out: usize,
  count: i32,
  seedLow: u32,
  seedHigh: u32,
  stream: u32,
  stepLow: u32,
  stepHigh: u32,
): void {
  const blocks = <u32>((count + 3) >> 2)
  for (let block: u32 = 0; block < blocks; block++) {
    let c0: u32 = block
    let c1: u32 = stream
    let c2: u32 = stepLow
    let c3: u32 = stepHigh
    let k0 = seedLow
    let k1 = seedHigh
    for (let round = 0; round < 10; round++) {
      const a: u64 = (<u64>0xd2511f53) * (<u64>c0)
      const b: u64 = (<u64>0xcd9e8d57) * (<u64>c2)
      c0 = <u32>(b >> 32) ^ c1 ^ k0
      c1 = <u32>b
      c2 = <u32>(a >> 32) ^ c3 ^ k1
      c3 = <u32>a
      k0 += 0x9e3779b9
      k1 += 0xbb67ae85
    }
    const first = quantiles(probability(c0), probability(c1))
    const second = quantiles(probability(c2), probability(c3))
    v128.store(out + (<usize>block << 4), i64x2.replace_lane(first, 1, i64x2.extract_lane(second, 0)))
  }
}

// @ts-ignore: decorators of AssemblyScript
@inline
function probability(bits: u32): f64 {
  return (<f64>bits + 0.5) * 2.3283064365386963e-10
}

/** Quantiles of two probabilities as the two lower floats of a vector. */
function quantiles(p0: f64, p1: f64): v128 {
  const p = f64x2.replace_lane(f64x2.splat(p0), 1, p1)
  const q = f64x2.sub(p, f64x2.splat(0.5))
  const r = f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q))
  let over = f64x2.splat(2509.0809287301227)
  over = f64x2.add(f64x2.mul(over, r), f64x2.splat(33430.57558358813))
  over = f64x2.add(f64x2.mul(over, r), f64x2.splat(67265.7709270087))
  over = f64x2.add(f64x2.mul(over, r), f64x2.splat(45921.95393154987))
  over = f64x2.add(f64x2.mul(over, r), f64x2.splat(13731.69376550946))
  over = f64x2.add(f64x2.mul(over, r), f64x2.splat(1971.5909503065513))
  over = f64x2.add(f64x2.mul(over, r), f64x2.splat(133.14166789178438))
  over = f64x2.add(f64x2.mul(over, r), f64x2.splat(3.3871328727963665))
  let under = f64x2.splat(5226.495278852854)
  under = f64x2.add(f64x2.mul(under, r), f64x2.splat(28729.085735721943))
  under = f64x2.add(f64x2.mul(under, r), f64x2.splat(39307.89580009271))
  under = f64x2.add(f64x2.mul(under, r), f64x2.splat(21213.794301586597))
  under = f64x2.add(f64x2.mul(under, r), f64x2.splat(5394.196021424751))
  under = f64x2.add(f64x2.mul(under, r), f64x2.splat(687.1870074920579))
  under = f64x2.add(f64x2.mul(under, r), f64x2.splat(42.31333070160091))
  under = f64x2.add(f64x2.mul(under, r), f64x2.splat(1))
  let central = f64x2.div(f64x2.mul(q, over), under)
  const q0 = f64x2.extract_lane(q, 0)
  const q1 = f64x2.extract_lane(q, 1)
  if (abs(q0) > 0.425) central = f64x2.replace_lane(central, 0, tail(p0, q0))
  if (abs(q1) > 0.425) central = f64x2.replace_lane(central, 1, tail(p1, q1))
  return f32x4.demote_f64x2_zero(central)
}

/** The quantile away from the center: 32 bits are never so far out that `r` exceeds 5, where AS 241 goes on otherwise. */
function tail(p: f64, q: f64): f64 {
  const magnitude = middle(sqrt<f64>(-exactLog(q < 0 ? p : 1 - p)) - 1.6)
  return q < 0 ? -magnitude : magnitude
}

function middle(r: f64): f64 {
  const over =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835
  const under =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1
  return over / under
}

/** Natural logarithm by IEEE-exact operations. */
function exactLog(x: f64): f64 {
  const bits = reinterpret<u64>(x)
  let exponent = <f64>(<i32>((bits >> 52) & 0x7ff) - 1023)
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000)
  if (mantissa > 1.4142135623730951) {
    mantissa /= 2
    exponent += 1
  }
  const t = (mantissa - 1) / (mantissa + 1)
  const square = t * t
  let sum: f64 = 0
  sum = sum * square + 1.0 / 21.0
  sum = sum * square + 1.0 / 19.0
  sum = sum * square + 1.0 / 17.0
  sum = sum * square + 1.0 / 15.0
  sum = sum * square + 1.0 / 13.0
  sum = sum * square + 1.0 / 11.0
  sum = sum * square + 1.0 / 9.0
  sum = sum * square + 1.0 / 7.0
  sum = sum * square + 1.0 / 5.0
  sum = sum * square + 1.0 / 3.0
  sum = sum * square + 1.0
  return exponent * 0.6931471805599453 + 2 * t * sum
}
