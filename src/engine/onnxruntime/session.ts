/** What the native and the WebAssembly engine share: a program as an ONNX Runtime session. */
import type { InferenceSession, Tensor as OrtTensor, TensorConstructor } from 'onnxruntime-common'
import type { NDArray, NumericArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { lower } from '../../graph/onnx/lower.ts'
import type { Program, ProgramInput } from '../../graph/program.ts'
import { type Executable, type Feeds, type LoadOptions, writeInto } from '../engine.ts'
import { checkFeeds } from '../feeds.ts'

/** The part of an ONNX Runtime package that an engine needs. */
export interface Runtime {
  readonly Tensor: TensorConstructor
  create(model: Uint8Array): Promise<InferenceSession>
  /** True where a run writes into arrays given beforehand. */
  readonly preallocates: boolean
}

/** Lowers a program and makes it ready to run; carried state stays in ONNX Runtime's own tensors. */
export async function openSession(
  runtime: Runtime,
  program: Program,
  options: LoadOptions,
): Promise<Executable> {
  const { constants = {}, carry = {}, state = {} } = options
  const session = await runtime.create(lower(program, { constants }))
  const inputs = program.inputs.filter(({ name }) => !constants[name])
  const types = new Map(inputs.map((input) => [input.name, input]))
  const fed = inputs.filter(({ name }) => !(name in carry))
  const returned = Object.keys(program.outputs).filter((name) => !Object.values(carry).includes(name))
  const tensor = ({ dtype }: ProgramInput, { data, shape }: NDArray) =>
    new runtime.Tensor(dtype, runtimeData(data, dtype), shape) as OrtTensor
  const held: Record<string, OrtTensor> = {}
  for (const name of Object.keys(carry)) held[name] = tensor(types.get(name) as ProgramInput, state[name])
  let open = true
  const dispose = () => {
    if (!open) return
    open = false
    for (const value of Object.values(held)) value.dispose()
    void session.release()
  }
  return {
    async run(feeds, into = {}) {
      if (!open) disposed(program)
      checkFeeds(program, fed, feeds)
      const values: Record<string, OrtTensor> = { ...held }
      for (const input of fed) values[input.name] = tensor(input, feeds[input.name])
      const results = await session.run(values, fetches(runtime, program, into))
      for (const [name, output] of Object.entries(carry)) {
        const old = held[name]
        held[name] = results[output] as OrtTensor
        old.dispose()
      }
      return readOutputs(results, returned, into)
    },
    async state() {
      const entries = Object.entries(held).map(async ([name, value]) => [name, await arrayOf(value)] as const)
      return Object.fromEntries(await Promise.all(entries))
    },
    dispose,
    [Symbol.dispose]: dispose,
  }
}

/** Where each output goes: an array given beforehand, or null for one that ONNX Runtime allocates. */
function fetches(runtime: Runtime, program: Program, into: Feeds): Record<string, OrtTensor | null> {
  return Object.fromEntries(
    Object.entries(program.outputs).map(([name, { dtype }]) => {
      const target = runtime.preallocates ? into[name] : undefined
      return [
        name,
        target
          ? (new runtime.Tensor(dtype, runtimeData(target.data, dtype), target.shape) as OrtTensor)
          : null,
      ]
    }),
  )
}

async function readOutputs(
  results: InferenceSession.ReturnType,
  names: readonly string[],
  into: Feeds,
): Promise<Record<string, NDArray>> {
  const outputs: Record<string, NDArray> = {}
  for (const name of names) {
    const result = results[name] as OrtTensor
    const target = into[name]
    const inPlace = target !== undefined && result.location === 'cpu' && result.data === target.data
    outputs[name] = inPlace ? target : writeInto(target, await arrayOf(result))
    if (result.location !== 'cpu') result.dispose()
  }
  return outputs
}

async function arrayOf(tensor: OrtTensor): Promise<NDArray> {
  const data = tensor.location === 'cpu' ? tensor.data : await tensor.getData()
  return { data: data as NumericArray, shape: tensor.dims }
}

/** ONNX Runtime takes an element type's own array and no other. */
function runtimeData(data: NumericArray, dtype: ProgramInput['dtype']): NumericArray {
  if (dtype === 'float32') return data instanceof Float32Array ? data : Float32Array.from(data)
  if (dtype === 'int32') return data instanceof Int32Array ? data : Int32Array.from(data)
  return data instanceof Uint8Array ? data : Uint8Array.from(data)
}

function disposed(program: Program): never {
  return fail({
    code: 'engine/disposed',
    seen: `program "${program.name}" was run after dispose()`,
    wanted: 'an executable that is still open',
    fix: 'load the program again, or dispose later',
  })
}
