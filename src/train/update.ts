import { fromBase64 } from '../base/base64.ts'
import type { Chosen } from '../model/spec.ts'
import type { Arena } from './arena.ts'
import type { Kernel, Optimizer } from './optimizers/optimizer.ts'

/** Applies an optimizer to an arena that holds parameters, gradients and slots, in that order. */
export type Update = (count: number, learningRate: number, scale: number) => void

type KernelFunction = (...args: number[]) => void

/** Binds an optimizer to an arena: its compiled kernel where it has one, else its loop. */
export async function openUpdate(
  { kind, options }: Chosen<Optimizer, unknown>,
  arena: Arena,
): Promise<Update> {
  const { arrays, offsets, padded } = arena
  if (!kind.kernel) {
    const [parameters, gradients, ...slots] = arrays
    return (count, learningRate, scale) =>
      kind.update(parameters, gradients, slots, kind.scalars(count, learningRate, options), scale, options)
  }
  const run = await instantiate(kind.kernel, arena)
  const { numbers } = kind.kernel
  return (count, learningRate, scale) =>
    run(...offsets, padded, scale, ...numbers(kind.scalars(count, learningRate, options), options))
}

async function instantiate({ code }: Kernel<never>, { memory }: Arena): Promise<KernelFunction> {
  const { instance } = await WebAssembly.instantiate(fromBase64(code), { env: { memory } })
  return instance.exports.update as KernelFunction
}
