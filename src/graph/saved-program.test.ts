import { expect, test } from 'vitest'
import { evaluateNodes } from './evaluate.ts'
import { add } from './ops/add.ts'
import { conv2d } from './ops/convolution.ts'
import { input } from './ops/input.ts'
import { matmul } from './ops/matmul.ts'
import { reshape } from './ops/reshape.ts'
import { softmax } from './ops/softmax.ts'
import { program } from './program.ts'
import { readProgram, saveProgram } from './saved-program.ts'

const x = input('x', ['batch', 16])
const filters = input('w', [2, 1, 3, 3])
const convolved = conv2d(reshape(x, ['batch', 1, 4, 4]), filters, { padding: [1, 1, 1, 1] })
const y = softmax(add(matmul(reshape(convolved, ['batch', 32]), input('v', [32, 3])), 0.5))
const traced = program('p', { y })

test('a program comes back from its JSON with the same numbers', () => {
  const wave = (shape: number[]) => ({
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i)),
    shape,
  })
  const feeds = { x: wave([5, 16]), w: wave([2, 1, 3, 3]), v: wave([32, 3]) }
  const run = ({ nodes, outputs }: Pick<typeof traced, 'nodes' | 'outputs'>) =>
    evaluateNodes(nodes, { feeds, bindings: { batch: 5 } }).get(outputs.y)
  const read = readProgram(JSON.parse(JSON.stringify(saveProgram(traced))))
  expect(run(read)).toEqual(run(traced))
  expect(read.outputs.y.shape).toEqual(['batch', 3])
})

test('what is known is not computed again', () => {
  const known = new Map([[traced.outputs.y, { data: Float64Array.of(7), shape: [1] }]])
  const values = evaluateNodes([traced.outputs.y], { feeds: {}, bindings: {}, known })
  expect(values.get(traced.outputs.y)?.data[0]).toBe(7)
})

test('an op of another version is refused', () => {
  expect(() => readProgram({ nodes: [['magic', []]], outputs: {} })).toThrow(
    /a program with the op "magic"; wanted abs, .*\. Fix: read it with the version that wrote it\. \[graph\/unknown-op\]/,
  )
})
