import { expect, test } from 'vitest'
import { lower } from '../../../graph/onnx/lower.ts'
import { add } from '../../../graph/ops/add.ts'
import { input } from '../../../graph/ops/input.ts'
import { type Program, program } from '../../../graph/program.ts'
import { loadPackage } from './load-package.ts'
import { openNativeSession } from './native-session.ts'
import { runInto, stopsUnread, withUnread } from './unread.ts'

const { ort } = await loadPackage()
const x = input('x', ['batch', 2])
const sum: Program = program('sum', { y: add(x, x), z: add(add(x, x), 1) })
const created: number[] = []
const runtime = (stops: boolean) => ({
  Tensor: ort.Tensor,
  stopsUnread: stops,
  create: (model: Uint8Array) => {
    created.push(model.length)
    return ort.InferenceSession.create(model)
  },
})

test('the package that is installed stops at an output it cannot hand back, when all others are written', async () =>
  expect(await stopsUnread(ort)).toBe(true))

test.each([true, false])(
  'outputs are where they are wanted, whether it stops there or not: %s',
  async (stops) => {
    using session = await openNativeSession(runtime(stops), sum, {})
    expect(created.at(-1)! > lower(sum).length).toBe(stops)
    const y = { data: new Float32Array(4), shape: [2, 2] }
    for (const first of [1, 5]) {
      const results = await session.run(
        { x: { data: Float32Array.of(first, 2, 3, 4), shape: [2, 2] } },
        { y },
      )
      expect(results.y).toBe(y)
      expect([...y.data]).toEqual([2 * first, 4, 6, 8])
      expect([...results.z.data]).toEqual([2 * first + 1, 5, 7, 9])
    }
  },
)

test('a run that fails says so, though it would have ended by an error anyway', async () => {
  const session = await ort.InferenceSession.create(withUnread(lower(sum)))
  const tensor = (shape: number[]) =>
    new ort.Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b)), shape)
  const tooSmall = { y: tensor([1, 2]), z: tensor([2, 2]) }
  await expect(runInto(session, { x: tensor([2, 2]) }, tooSmall)).rejects.toThrow(/shape/i)
  await session.release()
})
