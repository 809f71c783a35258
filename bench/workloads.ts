import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One training job, as every contestant is told it. */
export interface Workload {
  readonly name: string
  /** Data, hidden and latent dimensions of data-hidden-latent-hidden-data with ReLU. */
  readonly sizes: readonly [number, number, number]
  readonly batch: number
  /** Adam's learning rate; its other settings are 0.9, 0.999 and 1e-8. */
  readonly rate: number
}

/** What travels to a contestant: the job, and files with its starting parameters and batches. */
export interface Assignment extends Workload {
  readonly threads: number
  /** float32, by layer `weights [in, out], bias [out]`: hidden, mean, log-variance, hidden, logits. */
  readonly parameters: string
  /** uint8 pixels, `[batches, batch, data]`. */
  readonly batches: string
}

export const workloads: readonly Workload[] = [
  { name: 'mlp-784-400-20-b128', sizes: [784, 400, 20], batch: 128, rate: 1e-3 },
  { name: 'mlp-784-400-20-b1024', sizes: [784, 400, 20], batch: 1024, rate: 1e-3 },
]

const batchCount = 8

/** The linear layers of the model, `[in, out]`, in the order of the parameter file. */
export function layersOf({
  sizes: [data, hidden, latent],
}: Workload): readonly (readonly [number, number])[] {
  return [
    [data, hidden],
    [hidden, latent],
    [hidden, latent],
    [latent, hidden],
    [hidden, data],
  ]
}

export function parameterCount(workload: Workload): number {
  return layersOf(workload).reduce((sum, [from, to]) => sum + (from + 1) * to, 0)
}

/** Multiply-adds of one step counted as two operations: forward, and both gradients of every layer but the input's. */
export function flopsPerStep(workload: Workload): number {
  const once = layersOf(workload).reduce((sum, [from, to]) => sum + 2 * workload.batch * from * to, 0)
  return 3 * once - 2 * workload.batch * workload.sizes[0] * workload.sizes[1]
}

/** Writes the files of a workload into a folder; the same bytes every time. */
export function assign(workload: Workload, threads: number, folder: string): Assignment {
  const random = uniform(1)
  const parameters = join(folder, `${workload.name}.parameters`)
  const batches = join(folder, `${workload.name}.batches`)
  writeFileSync(parameters, startingPoint(workload, random))
  writeFileSync(batches, strokes(workload, random))
  return { ...workload, threads, parameters, batches }
}

function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Uniform in ±1/√in, PyTorch's default for a linear layer. */
function startingPoint(workload: Workload, random: () => number): Float32Array {
  const values = layersOf(workload).flatMap(([from, to]) =>
    Array.from({ length: (from + 1) * to }, () => (2 * random() - 1) / Math.sqrt(from)),
  )
  return Float32Array.from(values)
}

/** Grey pictures of two pen strokes each, about as dark and as compressible as handwritten digits. */
function strokes({ sizes: [data], batch }: Workload, random: () => number): Uint8Array {
  const side = Math.sqrt(data)
  const pixels = new Uint8Array(batchCount * batch * data)
  for (let start = 0; start < pixels.length; start += data) {
    const lines = [0, 1].map(() => Array.from({ length: 4 }, () => side * (0.15 + 0.7 * random())))
    for (let i = 0; i < data; i++) {
      const distance = Math.min(...lines.map((line) => distanceTo(line, i % side, Math.floor(i / side))))
      pixels[start + i] = Math.round(255 * Math.min(1, Math.max(0, 2 - distance)))
    }
  }
  return pixels
}

function distanceTo([x0, y0, x1, y1]: number[], x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy)
}
