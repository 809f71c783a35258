import { fillNormal, streams } from '../../base/random.ts'
import type { Engine, Executable } from '../../engine/engine.ts'
import { type Program, program } from '../../graph/program.ts'
import { type ExampleType, traceAutoencoder } from '../../model/autoencoder.ts'
import type { ModelSpec } from '../../model/spec.ts'
import { newTrace } from '../../model/trace.ts'
import type { ModelParts } from '../programs.ts'

/** Rows that pass through the engine at once. */
const CHUNK = 1024

/** What one draw of the code says of rows, in nats. */
export interface CellDraw {
  /** −log p of each known cell [rows × entries], in the order of an encoded row's numbers; 0 where it is missing. */
  readonly nats: Float32Array
  /** E[x|z] as encoded rows [rows × width]. */
  readonly center: Float32Array
  /** log q(z|x) − log p(z) at the draw [rows]. */
  readonly logRatio: Float32Array
  /** KL(q(z|x) ‖ p(z)) [rows]. */
  readonly kl: Float32Array
}

/** Passes encoded rows through a model, a draw of the code at a time. */
export interface Cells extends Disposable {
  /** Rows [n × width] of which the first is number `first`; the same row and draw give the same code. */
  draw(rows: Float32Array, first: number, draw: number, visit: VisitCells): Promise<void>
}

/** Takes what was found of some of the rows, from row `from` on. */
export type VisitCells = (found: CellDraw, from: number, count: number) => void

const cellsProgram = (spec: ModelSpec, example: ExampleType): Program => {
  const { density, x, posterior, logRatio, kl } = traceAutoencoder(spec, example, 'batch', {}, newTrace())
  return program('cells', {
    nats: density.negativeLogLikelihood(x),
    center: density.center,
    ...(logRatio && kl ? { logRatio, kl } : { means: posterior.mean }),
  })
}

export async function openCells(engine: Engine, { spec, example, values }: ModelParts): Promise<Cells> {
  const executable = await engine.load(cellsProgram(spec, example), { constants: values })
  const latent = spec.latent.size
  const [width] = example.shape
  return {
    async draw(rows, first, draw, visit) {
      const count = rows.length / width
      for (let from = 0; from < count; from += CHUNK) {
        const part = Math.min(CHUNK, count - from)
        const noise = noiseOf(first + from, part, latent, draw)
        const found = await runRows(executable, rows.subarray(from * width, (from + part) * width), noise, [
          part,
          width,
          latent,
        ])
        visit(found, from, part)
      }
    },
    [Symbol.dispose]: () => executable.dispose(),
  }
}

/** Noise of each row by its number, so that a row's numbers do not depend on what it is read with. */
function noiseOf(first: number, count: number, latent: number, draw: number): Float32Array {
  const noise = new Float32Array(count * latent)
  for (let row = 0; row < count; row++)
    fillNormal(noise.subarray(row * latent, (row + 1) * latent), {
      seed: draw,
      stream: streams.evaluation,
      step: first + row,
    })
  return noise
}

async function runRows(
  executable: Executable,
  x: Float32Array,
  noise: Float32Array,
  [rows, width, latent]: readonly [number, number, number],
): Promise<CellDraw> {
  const found = await executable.run({
    x: { data: x, shape: [rows, width] },
    noise: { data: noise, shape: [rows, latent] },
  })
  const nothing = new Float32Array(rows)
  return {
    nats: found.nats.data as Float32Array,
    center: found.center.data as Float32Array,
    logRatio: (found.logRatio?.data as Float32Array | undefined) ?? nothing,
    kl: (found.kl?.data as Float32Array | undefined) ?? nothing,
  }
}
