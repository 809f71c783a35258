import { fillUniform, streamOf } from '../../src/base/random.ts'

const stream = streamOf('test-autoregression')
const COEFFICIENT = 0.9

/** Two columns of first-order autoregressions that share a third of what moves them. */
export function autoregression(rows: number, seed: number): number[][] {
  const pair = new Float32Array(2)
  let step = 0
  const normal = () => {
    fillUniform(pair, { seed, stream, step: step++ })
    return Math.sqrt(-2 * Math.log(Math.max(pair[0], 1e-7))) * Math.cos(2 * Math.PI * pair[1])
  }
  const state = [0, 0]
  return Array.from({ length: rows }, () => {
    const shared = normal()
    return state.map((x, at) => {
      state[at] = COEFFICIENT * x + Math.sqrt(2 / 3) * normal() + Math.sqrt(1 / 3) * shared
      return state[at]
    })
  })
}

/** The same as CSV, with a time. */
export const csvOfRows = (rows: readonly (readonly number[])[]): string =>
  `time,a,b\n${rows.map((row, at) => [at, ...row.map((x) => x.toFixed(5))].join()).join('\n')}\n`
