import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common'
import type { ElementType, NDArray, NumericArray } from '../../../base/arrays.ts'
import { type Bindings, resolveShape, sizeOf } from '../../../base/shape.ts'
import { lower } from '../../../graph/onnx/lower.ts'
import type { Program, ProgramInput } from '../../../graph/program.ts'
import { copyOf, type Executable, type Feeds, type LoadOptions, writeInto } from '../../engine.ts'
import { type Execution, openExecutable, type Plan } from '../../executable.ts'
import { type Runtime, runtimeData, tensorOf } from '../session.ts'
import { runInto, withUnread } from './unread.ts'

/** What of onnxruntime-node a native session needs. */
export interface NativeRuntime extends Pick<Runtime, 'Tensor'> {
  create(model: Uint8Array, how: Pick<Plan, 'threads' | 'rests'>): Promise<InferenceSession>
  /** Whether a first output that cannot be handed back keeps the others from being copied. */
  readonly stopsUnread: boolean
}

/** Lowers a program and makes it ready to run; every output is written by ONNX Runtime where it is wanted. */
export const openNativeSession = (
  runtime: NativeRuntime,
  program: Program,
  options: LoadOptions,
): Promise<Executable> => openExecutable(program, options, (plan) => sessionOf(runtime, plan))

async function sessionOf(runtime: NativeRuntime, plan: Plan): Promise<Execution> {
  const { program, constants, carry, carried, fed, returned } = plan
  const model = lower(program, { constants })
  const session = await runtime.create(runtime.stopsUnread ? withUnread(model) : model, plan)
  const outputs = Object.entries(program.outputs).map(([name, { dtype, shape }]) => ({ name, dtype, shape }))
  let held: Feeds = Object.fromEntries(carried.map(({ name }) => [name, copyOf(plan.state[name])]))
  return {
    async run(feeds, into, sizes) {
      const values = { ...feeds, ...held }
      const targets = targetsOf(outputs, into, sizes)
      await runInto(
        session,
        tensors(runtime, [...fed, ...carried], values),
        tensors(runtime, outputs, targets),
      )
      held = Object.fromEntries(Object.entries(carry).map(([name, output]) => [name, targets[output]]))
      return Object.fromEntries(returned.map((name) => [name, writeInto(into[name], targets[name])]))
    },
    state: async () => Object.fromEntries(Object.entries(held).map(([name, value]) => [name, copyOf(value)])),
    release: () => void session.release(),
  }
}

const tensors = (
  runtime: NativeRuntime,
  about: readonly ProgramInput[],
  values: Feeds,
): Record<string, OrtTensor> =>
  Object.fromEntries(about.map((value) => [value.name, tensorOf(runtime, value, values[value.name])]))

/** Where each output goes: to an array given for it that ONNX Runtime can write to as it is, or to a new one. */
const targetsOf = (outputs: readonly ProgramInput[], into: Feeds, sizes: Bindings): Record<string, NDArray> =>
  Object.fromEntries(
    outputs.map(({ name, dtype, shape }) => {
      const given = into[name]
      if (given && runtimeData(given.data, dtype) === given.data) return [name, given]
      const extents = resolveShape(shape, sizes)
      return [name, { data: roomFor(dtype, sizeOf(extents)), shape: extents }]
    }),
  )

function roomFor(dtype: ElementType, size: number): NumericArray {
  if (dtype === 'float32') return new Float32Array(size)
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size)
}
