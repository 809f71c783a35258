/**
 * The Adam update over float32 arrays, four numbers at a time. AssemblyScript, compiled to WebAssembly SIMD.
 *
 * Offsets are in bytes and multiples of 16, `count` is a multiple of 4. The same rule as `update` of
 * src/train/optimizers/adam.ts, which is its tested twin. Moments below 1e-30 become 0: left to decay, they would
 * turn into denormal numbers, on which processors are some thirty times slower.
 */
export function update(
  parameters: usize,
  gradients: usize,
  mean: usize,
  square: usize,
  count: i32,
  scale: f32,
  rate: f32,
  epsilon: f32,
  keep: f32,
  beta1: f32,
  beta2: f32,
): void {
  const scales = f32x4.splat(scale)
  const rates = f32x4.splat(rate)
  const epsilons = f32x4.splat(epsilon)
  const keeps = f32x4.splat(keep)
  const old1 = f32x4.splat(beta1)
  const new1 = f32x4.splat(1 - beta1)
  const old2 = f32x4.splat(beta2)
  const new2 = f32x4.splat(1 - beta2)
  const least = f32x4.splat(1e-30)
  const bytes: usize = (<usize>count) << 2
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = f32x4.mul(v128.load(gradients + at), scales)
    let m = f32x4.add(f32x4.mul(v128.load(mean + at), old1), f32x4.mul(g, new1))
    m = v128.and(m, f32x4.gt(f32x4.abs(m), least))
    let v = f32x4.add(f32x4.mul(v128.load(square + at), old2), f32x4.mul(f32x4.mul(g, g), new2))
    v = v128.and(v, f32x4.gt(v, least))
    v128.store(mean + at, m)
    v128.store(square + at, v)
    const step = f32x4.div(f32x4.mul(m, rates), f32x4.add(f32x4.sqrt(v), epsilons))
    v128.store(parameters + at, f32x4.sub(f32x4.mul(v128.load(parameters + at), keeps), step))
  }
}
