import { expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { array } from '../../testing/evaluated.ts'
import { program } from '../program.ts'
import { input } from './input.ts'
import { logGamma } from './log-gamma.ts'
import { digamma, polygamma } from './polygamma.ts'

/** x, log Γ(x), ψ(x), ψ′(x), ψ″(x): scipy.special.gammaln and polygamma. */
const known = [
  [1e-3, 6.907178885383853, -1000.5755719318103, 1000001.6425331959, -2000000002.3976321],
  [0.1, 2.252712651734206, -10.423754940411076, 101.43329915079275, -2001.8614573783439],
  [0.5, 0.5723649429247, -1.9635100260214235, 4.93480220054468, -16.828796644234316],
  [1, 0, -0.5772156649015329, 1.6449340668482266, -2.404113806319188],
  [1.46, -0.1214850010040075, -0.0015805619870834522, 0.9691196215098878, -0.8880630425818334],
  [2, 0, 0.42278433509846713, 0.6449340668482266, -0.4041138063191886],
  [3.7, 1.428072326665388, 1.1671535393615113, 0.31003785767003833, -0.09539530872855405],
  [12.5, 18.73434751193645, 2.4851956512749123, 0.08328522460157839, -0.006932436585788242],
  [300, 1409.2020674704117, 5.702114882064637, 0.0033388950617146773, -1.1148209876314589e-5],
  [1e6, 12815504.569147611, 13.81551005796419, 1.0000005000001667e-6, -1.0000010000005002e-12],
]
const x = input('x', [known.length])
const traced = program('gamma', {
  logGamma: logGamma(x),
  digamma: digamma(x),
  trigamma: polygamma(x, 1),
  tetragamma: polygamma(x, 2),
})
const names = ['logGamma', 'digamma', 'trigamma', 'tetragamma']
const feeds = { x: array(known.map(([at]) => at)) }

test.each([
  ['float64', referenceEngine, 1e-11],
  ['float32', await nativeEngine({ threads: 1 }), 1.5e-6],
] as const)('log Γ and its derivatives are what is known of them in %s', async (_, engine, tolerance) => {
  using executable = await engine.load(traced)
  const found = await executable.run(feeds)
  for (const [place, name] of names.entries())
    for (const [row, values] of known.entries()) {
      const wanted = values[place + 1]
      // Near its zeros a sum of numbers of unit size is exact to their digits, not to its own.
      const size = place < 2 ? Math.max(1, Math.abs(wanted)) : Math.abs(wanted)
      expect(Math.abs(found[name].data[row] - wanted) / size, `${name}(${values[0]})`).toBeLessThan(tolerance)
    }
})
