import { describe, expect, test } from 'vitest'
import { fillNormal } from '../base/random.ts'
import { nativeEngine } from '../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../engine/reference.ts'
import { relativeDifference } from '../testing/probing.ts'
import { input } from './ops/input.ts'
import { mul } from './ops/mul.ts'
import { logSumExp } from './ops/softmax.ts'
import { sum } from './ops/sum.ts'
import { program } from './program.ts'
import { rowByRow } from './row-by-row.ts'
import type { Tensor } from './tensor.ts'

const ROWS = 48
const x = input('x', [ROWS, 7, 5])
const y = mul(x, x)
const outputs = {
  whole: sum(y, [1, 2]),
  inner: sum(y, [2]),
  middle: sum(y, [1], true),
  log: logSumExp(x),
  overRows: sum(y, [0]),
}

const run = async (
  engine: typeof referenceEngine,
  values: Readonly<Record<string, Tensor>>,
  data: Float32Array,
) => {
  using executable = await engine.load(program('rows', values), { threads: 1 })
  return await executable.run({ x: { data, shape: [ROWS, 7, 5] } })
}

describe('values', async () => {
  const data = fillNormal(new Float32Array(ROWS * 35), { seed: 1, stream: 1003, step: 0 })
  const [plain, moved] = [
    await run(referenceEngine, outputs, data),
    await run(referenceEngine, rowByRow(outputs), data),
  ]
  test.each(Object.keys(outputs))('%s is what it was', (name) => {
    expect(moved[name].shape).toEqual(plain[name].shape)
    expect(relativeDifference(moved[name], plain[name])).toBeLessThan(1e-12)
  })
})

test('equal rows are equal to the bit wherever they stand', async () => {
  const { overRows: _, ...within } = outputs
  const one = fillNormal(new Float32Array(35), { seed: 2, stream: 1003, step: 0 })
  const data = new Float32Array(ROWS * 35)
  for (let row = 0; row < ROWS; row++) data.set(one, row * 35)
  const engine = await nativeEngine()
  const kinds = async (values: Readonly<Record<string, Tensor>>) => {
    const found = Object.values(await run(engine, values, data))
    return found.map(({ data: all }) => {
      const each = all.length / ROWS
      return new Set(Array.from({ length: ROWS }, (_, row) => all.slice(row * each, (row + 1) * each).join()))
        .size
    })
  }
  expect(await kinds(rowByRow(within))).toEqual([1, 1, 1, 1])
})
