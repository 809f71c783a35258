import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common'
import { type NumericArray, release } from '../../../base/arrays.ts'
import { lower } from '../../../graph/onnx/lower.ts'
import { bytesOfMessage, message } from '../../../graph/onnx/protobuf.ts'
import { add } from '../../../graph/ops/add.ts'
import { input } from '../../../graph/ops/input.ts'
import { program } from '../../../graph/program.ts'
import type { OrtPackage } from './load-package.ts'

/** Name of the output that nobody reads. */
const UNREAD = 'betavae.unread'
/** The element type float32 of an ONNX tensor. */
const FLOAT = 1

/**
 * A model with an empty sequence as its first output.
 *
 * onnxruntime-node copies every output that it hands back, also one that it has been told where to write: .35 ms a
 * megabyte, a seventh of a training step. It hands outputs back in their order and cannot do so with a sequence, so
 * that it ends there, by an error, when all others have been written and none has been copied. Messages of protocol
 * buffers that follow each other are one: what comes first in either stands first.
 */
export function withUnread(model: Uint8Array): Uint8Array {
  const tensor = message([1, message([1, FLOAT])])
  const sequence = message([4, message([1, tensor])])
  const graph = message(
    [1, message([2, UNREAD], [3, UNREAD], [4, 'SequenceEmpty'])],
    [12, message([1, UNREAD], [2, sequence])],
  )
  const before = bytesOfMessage(message([7, graph]))
  const whole = new Uint8Array(before.length + model.length)
  whole.set(before)
  whole.set(model, before.length)
  return whole
}

/** Runs a model, with such an output or without one, so that its outputs are in the arrays given for them. */
export async function runInto(
  session: InferenceSession,
  feeds: InferenceSession.FeedsType,
  targets: Readonly<Record<string, OrtTensor>>,
): Promise<void> {
  const isUnread = session.outputNames[0] === UNREAD
  try {
    const copies = await session.run(feeds, isUnread ? { [UNREAD]: null, ...targets } : targets)
    // Left to the garbage collector, megabytes a step make it run every dozen steps, at a seventh of a step's time.
    for (const [name, copy] of Object.entries(copies as Record<string, OrtTensor>)) {
      const { buffer } = copy.data as NumericArray
      if (buffer !== (targets[name]?.data as NumericArray | undefined)?.buffer) release(buffer)
    }
  } catch (error) {
    if (!isUnread || !isRefusal(error)) throw error
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('Non tensor type')

/** Whether all other outputs are written where such a first one ends a run: true of what is out, and so asked. */
export async function stopsUnread(ort: OrtPackage): Promise<boolean> {
  const x = input('x', [1])
  const session = await ort.InferenceSession.create(withUnread(lower(program('probe', { y: add(x, x) }))), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
  })
  const y = new Float32Array(1)
  const tensor = (data: Float32Array) => new ort.Tensor('float32', data, [1])
  try {
    await runInto(session, { x: tensor(Float32Array.of(1)) }, { y: tensor(y) })
    return y[0] === 2
  } catch {
    return false
  } finally {
    await session.release()
  }
}
