import { type Complaint, fail } from '../base/errors.ts'
import type { Engine, Executable } from '../engine/engine.ts'
import { program } from '../graph/program.ts'
import { decoderOutputs, encoderOutputs } from '../model/autoencoder.ts'
import type { ModelParts } from './model-parts.ts'
import type { Scoring } from './scoring.ts'

/** The programs of one model that are loaded, all freed at once. */
export interface Programs extends Disposable {
  encoder(): Executable
  decoder(): Executable
  /** Loads the scoring program when it is first asked for, by `load`. */
  scoring(load: () => Promise<Scoring>): Promise<Scoring>
}

/** Loads encoder and decoder; when either fails, nothing stays loaded. Error after disposal: `infer/disposed`. */
export async function openPrograms(engine: Engine, { spec, example, values }: ModelParts): Promise<Programs> {
  const loaded: Disposable[] = []
  let disposed = false
  let scoring: Promise<Scoring> | undefined
  const kept = async <Loaded extends Disposable>(loading: Promise<Loaded>): Promise<Loaded> => {
    const program = await loading
    loaded.push(program)
    // What was still being loaded when the model was disposed of is freed as soon as it is there.
    if (disposed) freeAll()
    return program
  }
  const freeAll = () => {
    disposed = true
    for (const program of loaded.splice(0)) program[Symbol.dispose]()
  }
  const open = <Value>(value: Value): Value => (disposed ? refuseDisposed() : value)
  const load = (name: string, outputs: ReturnType<typeof encoderOutputs>) =>
    kept(engine.load(program(name, outputs), { constants: values }))
  try {
    const encoder = await load('encoder', encoderOutputs(spec, example))
    const decoder = await load('decoder', decoderOutputs(spec, example))
    return {
      encoder: () => open(encoder),
      decoder: () => open(decoder),
      async scoring(load) {
        open(scoring)
        scoring ??= kept(load())
        return open(await scoring)
      },
      [Symbol.dispose]: freeAll,
    }
  } catch (error) {
    freeAll()
    throw error
  }
}

/** What is said of a model that is used after its end. */
export const DISPOSED: Complaint = {
  code: 'infer/disposed',
  seen: 'a model used after dispose()',
  wanted: 'a model that is still open',
  fix: 'open the model again, or dispose of it later',
}

const refuseDisposed = (): never => fail(DISPOSED)
