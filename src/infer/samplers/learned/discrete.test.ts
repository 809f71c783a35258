/** Samplers of discrete codes, of bits that depend on each other. */
import { expect, test } from 'vitest'
import { fillUniform } from '../../../base/random.ts'
import { nativeEngine } from '../../../engine/onnxruntime/node/native.ts'
import { toyLearning } from '../../../testing/toy-learning.ts'
import { autoregressive } from '../autoregressive.ts'
import { uniform } from '../uniform.ts'

const COUNT = 2000
const LATENT = 3
/** The first bit by a coin, the second the same, the third another nine times of ten. */
function bits(seed: number): Float32Array {
  const shares = fillUniform(new Float32Array(COUNT * LATENT), { seed, stream: 1, step: 0 })
  for (let row = 0; row < COUNT * LATENT; row += LATENT) {
    shares[row] = shares[row] < 0.5 ? 0 : 1
    shares[row + 1] = shares[row]
    shares[row + 2] = shares[row + 2] < 0.9 ? 1 - shares[row] : shares[row]
  }
  return shares
}

const engine = await nativeEngine({ threads: 1 })

/** Codes that a sampler draws after it was given these bits, and the share of them that something holds for. */
async function drawn(sampler: typeof autoregressive | typeof uniform) {
  const learn = toyLearning(engine, LATENT, 600, 'bits')
  const codes = { data: bits(1), shape: [COUNT, LATENT] }
  const draw = await sampler.prepare({ latent: LATENT, hasPrior: true, codes, learn })
  const { data } = await draw(COUNT, 1)
  const rows = Array.from({ length: COUNT }, (_, row) => data.subarray(row * LATENT, (row + 1) * LATENT))
  return (holds: (code: Float32Array) => boolean) => rows.filter(holds).length / COUNT
}

test('draws of a fitted autoregression depend on each other as the codes do', async () => {
  const share = await drawn(autoregressive)
  // Four standard errors of 2,000 draws and of 1,700 codes that were learned from.
  expect(Math.abs(share(([first]) => first === 1) - 0.5)).toBeLessThan(0.07)
  expect(share(([first, second]) => first === second)).toBeGreaterThan(0.99)
  expect(Math.abs(share(([first, , third]) => first !== third) - 0.9)).toBeLessThan(0.04)
})

test('uniform draws do not depend on each other, whatever the codes', async () => {
  const share = await drawn(uniform)
  const levels = [0, 1]
  // Four standard errors of 2,000 draws.
  for (const a of levels)
    for (const b of levels)
      for (const c of levels) {
        const found = share(([first, second, third]) => first === a && second === b && third === c)
        expect(Math.abs(found - 1 / 8)).toBeLessThan(0.03)
      }
})
