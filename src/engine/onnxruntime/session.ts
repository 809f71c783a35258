/** What every engine over ONNX Runtime shares: a program as one of its sessions. */
import type { InferenceSession, Tensor as OrtTensor, TensorConstructor } from 'onnxruntime-common'
import type { NDArray, NumericArray } from '../../base/arrays.ts'
import type { Turns } from '../../base/turns.ts'
import { lower } from '../../graph/onnx/lower.ts'
import type { Program, ProgramInput } from '../../graph/program.ts'
import { copyOf, type Executable, type Feeds, type LoadOptions, writeInto } from '../engine.ts'
import { type Execution, openExecutable, type Plan } from '../executable.ts'

/** The part of an ONNX Runtime package that an engine needs. */
export interface Runtime {
  readonly Tensor: TensorConstructor
  /** Makes a session; outputs named in `carried` may stay where it computes them. */
  create(model: Uint8Array, carried: readonly string[]): Promise<InferenceSession>
  /** Copies a tensor out of a device's memory, where the package's own way to is of no use. */
  readonly download?: (tensor: OrtTensor) => Promise<NumericArray>
  /** Does a job once the package is free for it; without this, jobs need not wait for each other. */
  readonly inTurn?: Turns
}

/** Lowers a program and makes it ready to run. */
export const openSession = (runtime: Runtime, program: Program, options: LoadOptions): Promise<Executable> =>
  openExecutable(program, options, (plan) => sessionOf(runtime, plan))

/** Carried state lives in ONNX Runtime's own tensors: an output becomes the next run's input without a copy. */
async function sessionOf(runtime: Runtime, plan: Plan): Promise<Execution> {
  const { program, constants, carry, carried, fed, returned } = plan
  const inTurn: Turns = runtime.inTurn ?? ((job) => job())
  const model = lower(program, { constants })
  const session = await inTurn(() => runtime.create(model, Object.values(carry)))
  const held = Object.fromEntries(
    carried.map((input) => [input.name, tensorOf(runtime, input, copyOf(plan.state[input.name]))]),
  )
  const free = () => {
    for (const tensor of new Set(Object.values(held))) tensor.dispose()
  }
  return {
    run: (feeds, into) =>
      inTurn(async () => {
        const values = { ...held }
        for (const input of fed) values[input.name] = tensorOf(runtime, input, feeds[input.name])
        const results = await session.run(values)
        free()
        for (const [name, output] of Object.entries(carry)) held[name] = results[output] as OrtTensor
        return readOutputs(runtime, results, returned, into)
      }),
    state: () =>
      inTurn(async () => {
        const state: Record<string, NDArray> = {}
        // One after another: two inputs may hold the same tensor, which cannot be downloaded twice at once.
        for (const [name, tensor] of Object.entries(held))
          state[name] = copyOf(await arrayOf(tensor, runtime))
        return state
      }),
    release() {
      void inTurn(async () => {
        free()
        await session.release()
      })
    },
  }
}

/** Numbers as ONNX Runtime takes them. */
export const tensorOf = (
  { Tensor }: Pick<Runtime, 'Tensor'>,
  { dtype }: Pick<ProgramInput, 'dtype'>,
  { data, shape }: NDArray,
): OrtTensor => new Tensor(dtype, runtimeData(data, dtype), shape)

/** Outputs as arrays, those in `into` where they are wanted. */
async function readOutputs(
  runtime: Runtime,
  results: InferenceSession.ReturnType,
  names: readonly string[],
  into: Feeds,
): Promise<Record<string, NDArray>> {
  const outputs: Record<string, NDArray> = {}
  for (const name of names)
    outputs[name] = writeInto(into[name], await arrayOf(results[name] as OrtTensor, runtime))
  return outputs
}

/** A tensor's numbers; one on a device comes home, and may then be free there. */
async function arrayOf(tensor: OrtTensor, { download }: Runtime): Promise<NDArray> {
  const read = download ?? ((on: OrtTensor) => on.getData(true) as Promise<NumericArray>)
  const data = tensor.location === 'cpu' ? tensor.data : await read(tensor)
  return { data: data as NumericArray, shape: tensor.dims }
}

/** ONNX Runtime takes an element type's own array and no other. */
export function runtimeData(data: NumericArray, dtype: ProgramInput['dtype']): NumericArray {
  if (dtype === 'float32') return data instanceof Float32Array ? data : Float32Array.from(data)
  if (dtype === 'int32') return data instanceof Int32Array ? data : Int32Array.from(data)
  return data instanceof Uint8Array ? data : Uint8Array.from(data)
}
