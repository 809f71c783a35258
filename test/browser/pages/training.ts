import {
  browserEngines,
  open,
  openEngine,
  type RecipeDraft,
  readWeights,
  train,
  writeWeights,
} from '../../../src/inside.ts'
import type { PageArgument } from '../harness.ts'

/** What a page made of a training. */
export interface Course {
  readonly engine: string
  readonly losses: readonly number[]
  /** Values of a sample from the trained model. */
  readonly sample: { readonly least: number; readonly greatest: number; readonly count: number }
  /** Size of the model as a file, after it went through one. */
  readonly bytes: number
}

export interface Told extends PageArgument {
  readonly engine: string
  readonly draft: RecipeDraft
}

/** Trains from the public entry alone, as a visitor's page would, and uses what it trained. */
export async function main({ engine: name, draft, wasmPaths }: Told): Promise<Course> {
  const { engine } = await openEngine(browserEngines, name, { wasmPaths })
  const losses: number[] = []
  const training = train(draft, { engine })
  for await (const event of training) if (event.kind === 'step') losses.push(event.loss)
  const { trained } = await training
  const file = writeWeights(trained)
  using model = await open(await readWeights(file), { engine })
  const { data } = await model.sample(4)
  return {
    engine: engine.description,
    losses,
    sample: { least: Math.min(...data), greatest: Math.max(...data), count: data.length },
    bytes: file.length,
  }
}
