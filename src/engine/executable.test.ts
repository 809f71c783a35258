/** The words of the refusals; that every engine refuses is the conformance suite's to show. */
import { expect, test } from 'vitest'
import { add } from '../graph/ops/add.ts'
import { input } from '../graph/ops/input.ts'
import { program } from '../graph/program.ts'
import { referenceEngine } from './reference.ts'

const traced = program('sum', { y: add(input('a', ['batch', 2]), input('b', ['batch', 2])) })
const zeros = (...shape: number[]) => ({ data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape })
const run = async (...[feeds, into]: Parameters<Awaited<ReturnType<typeof referenceEngine.load>>['run']>) => {
  using executable = await referenceEngine.load(traced)
  return executable.run(feeds, into)
}

test('a missing feed', async () => {
  await expect(run({ a: zeros(3, 2) })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: program "sum" was run without "b"; wanted values for "a", "b". Fix: feed "b" of shape [batch, 2]. [engine/missing-feed]]`,
  )
})

test('an extent that another feed has set', async () => {
  await expect(run({ a: zeros(3, 2), b: zeros(4, 2) })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: "b" of shape [4, 2] and 8 numbers for program "sum"; wanted [batch = 3, 2]. Fix: feed an array of that shape. [engine/feed-shape]]`,
  )
})

test('too few numbers', async () => {
  const short = { data: new Float32Array(5), shape: [3, 2] }
  await expect(run({ a: short, b: zeros(3, 2) })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: "a" of shape [3, 2] and 5 numbers for program "sum"; wanted [batch, 2]. Fix: feed an array of that shape. [engine/feed-shape]]`,
  )
})

test('a target of another shape', async () => {
  const feeds = { a: zeros(3, 2), b: zeros(3, 2) }
  await expect(run(feeds, { y: zeros(2, 2) })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an array of shape [2, 2] for output "y" of program "sum"; wanted [3, 2]. Fix: give an array of the shape of an output. [engine/target-shape]]`,
  )
  await expect(run(feeds, { z: zeros(3, 2) })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: an array of shape [3, 2] for output "z" of program "sum"; wanted one of the outputs y. Fix: give an array of the shape of an output. [engine/target-shape]]`,
  )
})

test('a carry that names nothing', async () => {
  await expect(
    referenceEngine.load(traced, { carry: { a: 'c' }, state: { a: zeros(3, 2) } }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: program "sum" told to carry output "c" to input "a"; wanted an output and an input that it has. Fix: outputs are y; inputs are a, b. [engine/carry]]`,
  )
})

test('a use after dispose', async () => {
  const executable = await referenceEngine.load(traced)
  executable.dispose()
  await expect(executable.run({})).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: program "sum" was used after dispose(); wanted an executable that is still open. Fix: load the program again, or dispose later. [engine/disposed]]`,
  )
})
