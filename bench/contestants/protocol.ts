import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Assignment, layersOf } from '../workloads.ts'

/** A contestant that stands ready: `step` does training step `tick` and returns its loss in nats per example. */
export interface Contestant {
  readonly version: string
  readonly note: string
  step(tick: number): Promise<number>
}

/**
 * Serves the harness over stdin and stdout: the assignment comes as one line of JSON and is answered by
 * `{ version, note }`; then each `run n` by `{ ms, loss }`, the milliseconds of n steps and the last loss.
 */
export async function contest(build: (assignment: Assignment) => Promise<Contestant>): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const { version, note, step } = await build(JSON.parse((await lines.next()).value ?? '') as Assignment)
  const answer = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`)
  answer({ version, note })
  let tick = 0
  for await (const line of lines) {
    const ms: number[] = []
    let loss = 0
    for (let left = Number(line.split(' ')[1]); left > 0; left--) {
      const start = performance.now()
      loss = await step(tick++)
      ms.push(performance.now() - start)
    }
    answer({ ms, loss })
  }
  process.exit(0)
}

/** The starting parameters, weights and bias by layer, and the batches as float32 in [0, 1], `[batch, data]`. */
export function load(assignment: Assignment) {
  const file = readFileSync(assignment.parameters)
  const flat = new Float32Array(file.buffer, file.byteOffset, file.byteLength / 4)
  let at = 0
  const parameters = layersOf(assignment)
    .flatMap(([from, to]) => [[from, to], [to]])
    .map((shape) => {
      const size = shape.reduce((a, b) => a * b)
      at += size
      return { shape, values: flat.slice(at - size, at) }
    })
  const pixels = readFileSync(assignment.batches)
  const length = assignment.batch * assignment.sizes[0]
  const batches = Array.from({ length: pixels.length / length }, (_, i) =>
    Float32Array.from(pixels.subarray(i * length, (i + 1) * length), (byte) => byte / 255),
  )
  return { parameters, batches }
}
