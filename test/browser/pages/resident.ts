import type { Executable } from '../../../src/engine/engine.ts'
import { webgpuEngine } from '../../../src/engine/onnxruntime/webgpu.ts'
import { momentum } from '../../../src/testing/conformance.ts'
import type { PageArgument } from '../harness.ts'

const live = { buffers: 0, bytes: 0 }
const moved = { down: 0, up: 0 }

/** GPUMapMode.READ, which TypeScript's DOM types leave out. */
const READ = 1

/** Counts what the GPU holds, and what crosses between it and the host. */
function watchGpu(): void {
  const { createBuffer } = GPUDevice.prototype
  GPUDevice.prototype.createBuffer = function (descriptor) {
    live.buffers++
    live.bytes += descriptor.size
    if (descriptor.mappedAtCreation) moved.up += descriptor.size
    return createBuffer.call(this, descriptor)
  }
  const { destroy, mapAsync } = GPUBuffer.prototype
  GPUBuffer.prototype.destroy = function () {
    live.buffers--
    live.bytes -= this.size
    return destroy.call(this)
  }
  GPUBuffer.prototype.mapAsync = function (mode, ...range) {
    if (mode & READ) moved.down += this.size
    else moved.up += this.size
    return mapAsync.call(this, mode, ...range)
  }
  const { writeBuffer } = GPUQueue.prototype
  GPUQueue.prototype.writeBuffer = function (buffer, offset, data, ...range) {
    moved.up += data.byteLength
    return writeBuffer.call(this, buffer, offset, data, ...range)
  }
}

export interface Residence {
  /** Bytes of one carried array. */
  readonly arrayBytes: number
  /** Bytes that crossed in either direction during runs, per run. */
  readonly perRun: { readonly down: number; readonly up: number }
  /** Bytes that crossed downward when the state was read. */
  readonly stateDown: number
  /** Buffers alive after a few runs, after many, and after more with the state read between them. */
  readonly buffers: readonly number[]
  /** Buffers alive after loading, running and disposing once, and after doing so more often. */
  readonly disposed: readonly number[]
}

const size = 50_000

export async function main(told: PageArgument): Promise<Residence> {
  watchGpu()
  const engine = await webgpuEngine(told)
  const { traced, options } = momentum(size)
  const step = async (executable: Executable, times: number) => {
    for (let time = 0; time < times; time++)
      await executable.run({ x: { data: Float32Array.of(time / times), shape: [] } })
  }
  const open = await engine.load(traced, options)
  await step(open, 5)
  const buffers = [live.buffers]
  const before = { ...moved }
  await step(open, 20)
  const perRun = { down: (moved.down - before.down) / 20, up: (moved.up - before.up) / 20 }
  buffers.push(live.buffers)
  const { down } = moved
  await open.state()
  const stateDown = moved.down - down
  for (let time = 0; time < 3; time++) {
    await step(open, 3)
    await open.state()
  }
  buffers.push(live.buffers)
  open.dispose()
  const disposed: number[] = []
  for (const times of [1, 5]) {
    for (let time = 0; time < times; time++) {
      const again = await engine.load(traced, options)
      await step(again, 3)
      again.dispose()
    }
    disposed.push(live.buffers)
  }
  return { arrayBytes: 4 * size, perRun, stateDown, buffers, disposed }
}
