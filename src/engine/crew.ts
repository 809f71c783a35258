/** A compiled kernel over arrays side by side in one memory, and whoever runs it. */
export interface Crew {
  /** Runs `update(…offsets, count, …numbers)` of the kernel over `count` floats of each array, however it is divided. */
  run(offsets: readonly number[], count: number, numbers: readonly number[]): void
  /** Lets its threads go; the calling thread has none. */
  dissolve?(): void
}

/** Makes a crew for the code of a kernel over a shared memory; what it computes is the same for any number of threads. */
export type CrewOf = (code: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory) => Crew

export type KernelFunction = (...args: number[]) => void

/** The function of a kernel over a memory. */
export const kernelOver = (kernel: WebAssembly.Module, memory: WebAssembly.Memory): KernelFunction =>
  new WebAssembly.Instance(kernel, { env: { memory } }).exports.update as KernelFunction

/** A crew of the calling thread. */
export function alone(code: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): Crew {
  const update = kernelOver(new WebAssembly.Module(code), memory)
  return { run: (offsets, count, numbers) => update(...offsets, count, ...numbers) }
}
