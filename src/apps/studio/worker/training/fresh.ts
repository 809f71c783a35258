import {
  type Dataset,
  type Engine,
  type Examples,
  exampleReader,
  type NDArray,
  open,
  type Recipe,
  splitsOf,
  spreadRows,
  type Trained,
} from '../../../../inside.ts'
import type { Fresh } from '../../protocol.ts'
import { type Medium, mediumOf, shownRows } from '../shown.ts'

/** Examples that are shown, and draws from the prior. */
const SHOWN = 12
const SURVEYED = 200

/** Looks at a model in training with the same held-out examples and the same prior codes every time. */
export class FreshLook {
  readonly #engine: Engine
  readonly #originals: NDArray
  readonly #condition: NDArray | undefined
  readonly #medium: Medium

  private constructor(engine: Engine, { x, condition }: Examples, medium: Medium) {
    this.#engine = engine
    this.#originals = x
    this.#condition = condition
    this.#medium = medium
  }

  static async open(recipe: Recipe, dataset: Dataset, engine: Engine): Promise<FreshLook> {
    const { train, validation } = splitsOf(recipe, dataset)
    const rows = validation.indices.length > 0 ? validation : train
    const chosen = spreadRows(rows.indices.length, SHOWN).map((place) => rows.indices[place])
    const originals = await exampleReader(recipe.data.binarize, recipe.training.seed).heldOut(rows, chosen)
    const medium = mediumOf(dataset, await dataset.read(spreadRows(dataset.count, SURVEYED)))
    return new FreshLook(engine, originals, medium)
  }

  async look(trained: Trained, step: number): Promise<Fresh> {
    using model = await open(trained, { engine: this.#engine })
    const reconstructions = await model.reconstruct(this.#originals, { condition: this.#condition })
    const samples = model.hasPrior ? await model.sample(SHOWN, { from: 'prior' }) : undefined
    return {
      step,
      originals: shownRows(this.#medium, this.#originals),
      reconstructions: shownRows(this.#medium, reconstructions),
      ...(samples ? { samples: shownRows(this.#medium, samples) } : {}),
    }
  }
}
