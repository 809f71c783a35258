import type { NDArray } from '../../base/arrays.ts'
import { streams } from '../../base/random.ts'
import { type Condition, conditionWidth } from '../../data/condition.ts'
import type { Engine, Executable } from '../../engine/engine.ts'
import { type Program, program } from '../../graph/program.ts'
import { rowByRow } from '../../graph/row-by-row.ts'
import { type ExampleType, traceAutoencoder } from '../../model/autoencoder.ts'
import { CONDITION } from '../../model/condition.ts'
import { fillNoise, mirrored, type NoiseNeed } from '../../model/noise.ts'
import { type ModelSpec, noiseNeedOf } from '../../model/spec.ts'
import { newTrace } from '../../model/trace.ts'
import { rowsAt } from '../chunks.ts'
import { givenRows } from '../given.ts'
import type { ModelParts } from '../model-parts.ts'
import { padRows } from '../padding.ts'

/**
 * Rows that pass through the engine at once: few of them, some, or many; whole multiples of 16, as `rowByRow` wants. What
 * is left of a block is computed as well: 17 rows of 30 columns took 9 ms in one of 512, 2 in one of 64.
 */
const BLOCKS = [16, 64, 512] as const
type Block = (typeof BLOCKS)[number]
/** Rows that blocks of 64 are for. */
const SOME = 256

const blockFor = (count: number): Block =>
  count <= BLOCKS[0] ? BLOCKS[0] : count <= SOME ? BLOCKS[1] : BLOCKS[2]

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

/** Passes encoded rows through a model, several draws of the code for each. */
export interface Cells extends Disposable {
  /**
   * Rows [n × width], each with draws 0 … draws−1. What is said of a row hangs on the row alone, to the bit on one engine:
   * not on its place, nor on what it is passed with.
   */
  draw(rows: Float32Array, draws: number, visit: VisitCells, options?: DrawCellsOptions): Promise<void>
}

export interface DrawCellsOptions {
  /** What a conditional model is given of each row [n × condition's width]. */
  readonly condition?: Float32Array | undefined
  readonly signal?: AbortSignal | undefined
}

/** Takes what was found of some of the rows, from row `from` on, in the order of draws. */
export type VisitCells = (found: CellDraw, from: number, count: number, draw: number) => void

function cellsProgram(spec: ModelSpec, example: ExampleType, block: Block): Program {
  const { density, x, posterior, logRatio, kl } = traceAutoencoder(spec, example, block, {}, newTrace())
  const outputs = {
    nats: density.negativeLogLikelihood(x),
    center: density.center,
    ...(logRatio && kl ? { logRatio, kl } : { means: posterior.mean }),
  }
  return program('cells', rowByRow(outputs))
}

export async function openCells(engine: Engine, { spec, example, values }: ModelParts): Promise<Cells> {
  const need = noiseNeedOf(spec)
  const [width] = example.shape
  const open = (block: Block) =>
    engine.load(cellsProgram(spec, example, block), { constants: values, threads: 1 })
  const loaded = new Map<Block, Promise<Executable>>([[BLOCKS[0], open(BLOCKS[0])]])
  await loaded.get(BLOCKS[0])
  const loadedFor = (block: Block) => {
    const executable = loaded.get(block) ?? open(block)
    loaded.set(block, executable)
    return executable
  }
  const noise = noiseOf(need)
  return {
    async draw(rows, draws, visit, { condition, signal } = {}) {
      const count = rows.length / width
      const block = blockFor(count)
      const executable = await loadedFor(block)
      for (let from = 0; from < count; from += block) {
        const part = Math.min(block, count - from)
        const own = rows.subarray(from * width, (from + part) * width)
        const x = padRows({ data: own, shape: [part, width] }, block)
        const given = spec.condition && conditionOf(spec.condition, condition, from, part)
        const seen = { x, ...(given && { [CONDITION]: padRows(given, block) }) }
        // Each run has one thread, so draws are run beside each other.
        for (let first = 0; first < draws; first += engine.threads) {
          signal?.throwIfAborted()
          const together = Array.from({ length: Math.min(engine.threads, draws - first) }, (_, i) =>
            executable.run({
              ...seen,
              noise: { data: noise(first + i, block), shape: [block, need.width] },
            }),
          )
          for (const [i, found] of (await Promise.all(together)).entries())
            visit(cellDrawOf(found, block, part), from, part, first + i)
        }
      }
    },
    [Symbol.dispose]() {
      for (const executable of loaded.values()) void executable.then((own) => own.dispose())
    },
  }
}

/** The conditions of some of the rows. Error: `infer/condition`. */
function conditionOf(
  condition: Condition,
  given: Float32Array | undefined,
  from: number,
  count: number,
): NDArray {
  const width = conditionWidth(condition)
  const all = given && { data: given, shape: [given.length / width, width] }
  return rowsAt(givenRows({ condition }, all, all?.shape[0] ?? 0) as NDArray, from, count)
}

/**
 * Noise of draws, the same for all rows: rows differ by what they are, not by luck. Every second draw mirrors the one
 * before it, so that each pair's mean is a Gaussian posterior's.
 */
export function noiseOf({ kind, width }: NoiseNeed): (draw: number, rows: number) => Float32Array {
  const own = new Float32Array(width)
  return (draw, rows) => {
    fillNoise(kind, own, { seed: draw >> 1, stream: streams.evaluation, step: 0 })
    const signed = draw % 2 === 0 ? own : mirrored(kind, own)
    const noise = new Float32Array(rows * width)
    for (let row = 0; row < rows; row++) noise.set(signed, row * width)
    return noise
  }
}

/** What is said of the first `rows` of a block. */
function cellDrawOf(found: Awaited<ReturnType<Executable['run']>>, block: Block, rows: number): CellDraw {
  const of = (name: string): Float32Array => {
    const data = (found[name]?.data as Float32Array | undefined) ?? new Float32Array(block)
    return data.subarray(0, (data.length / block) * rows)
  }
  return { nats: of('nats'), center: of('center'), logRatio: of('logRatio'), kl: of('kl') }
}
