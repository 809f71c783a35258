import {
  type ChunkModel,
  type Dataset,
  type Encoded,
  type Engine,
  type Examples,
  exampleReader,
  givenTo,
  type Model,
  modelParts,
  type NDArray,
  open,
  type Rows,
  spreadRows,
  type TableStream,
  type Trained,
} from '../../../../inside.ts'
import type { Shown, Subject } from '../../protocol.ts'
import { studioError } from '../failure.ts'
import { type Medium, mediumOf, shownRows } from '../shown.ts'

/** Rows that tell what black and white are. */
const SURVEYED = 200

/** What is to be explored. */
export interface Explored {
  readonly name: string
  readonly of: Subject['of']
  readonly step: number
  readonly trained: Trained
  /** Absent where a model was opened without any. */
  readonly dataset?: Dataset
  /** The table that the data set was read from, with all of its columns. */
  readonly stream?: TableStream
  /** Number in the data of each row of the data set; default: its own. */
  readonly rowNumbers?: Uint32Array
  /** Whether rows are as the model saw them, so that nothing is to be binarized again. */
  readonly isPrepared?: boolean
}

/** Codes of some examples. */
export interface Coded extends Encoded {
  /** Positions of the examples. */
  readonly examples: Uint32Array
}

/** A model and the examples that it is explored with. */
export class Explorer implements Disposable {
  readonly model: Model
  readonly medium: Medium
  readonly explored: Explored
  readonly #engine: Engine
  #coded: { readonly count: number; readonly codes: Promise<Coded> } | undefined
  #table: Promise<ChunkModel> | undefined

  private constructor(explored: Explored, model: Model, medium: Medium, engine: Engine) {
    this.explored = explored
    this.model = model
    this.medium = medium
    this.#engine = engine
  }

  static async open(explored: Explored, engine: Engine): Promise<Explorer> {
    const { trained } = explored
    const dataset = explored.dataset && givenTo(trained.recipe.model, explored.dataset)
    const model = await open(trained, { engine })
    const about = {
      exampleShape: trained.example.shape,
      dtype: trained.example.dtype,
      ...(trained.data.columns ? { columns: trained.data.columns } : {}),
      ...(trained.recipe.data.table ? { table: trained.recipe.data.table } : {}),
    }
    const some = dataset
      ? await dataset.read(spreadRows(dataset.count, SURVEYED))
      : await model.decode({ data: new Float32Array(model.latent), shape: [1, model.latent] }, { where: {} })
    return new Explorer({ ...explored, ...(dataset && { dataset }) }, model, mediumOf(about, some), engine)
  }

  get subject(): Subject {
    const { name, of, step, trained, dataset, stream } = this.explored
    const { latent, stochastic, hasPrior, exampleShape } = this.model
    return {
      name,
      of,
      step,
      recipe: trained.recipe,
      latent,
      stochastic,
      hasPrior,
      exampleShape,
      kind: this.medium.kind,
      examples: dataset?.count ?? 0,
      hasTable: stream !== undefined,
    }
  }

  /** The data set. Error: `studio/no-examples`. */
  get dataset(): Dataset {
    return (
      this.explored.dataset ??
      (() => {
        throw studioError({
          code: 'studio/no-examples',
          seen: `the model "${this.explored.name}" without its data`,
          wanted: 'examples to encode',
          fix: 'move sliders or draw samples, or encode an example of your own',
        })
      })()
    )
  }

  /** Examples by position as the model takes them, `x` [n, ...exampleShape]. Errors: `studio/no-examples`, `studio/example`. */
  async rows(examples: ArrayLike<number>): Promise<Examples> {
    const { dataset } = this
    const wrong = Array.from(examples).find((at) => !(Number.isInteger(at) && at >= 0 && at < dataset.count))
    if (wrong !== undefined)
      throw studioError({
        code: 'studio/example',
        seen: `example ${wrong}`,
        wanted: `a whole number from 0 to ${dataset.count - 1}`,
        fix: 'choose an example of these data',
      })
    const indices = Uint32Array.from(examples)
    const rows: Rows = { dataset, indices, ownTest: false }
    const { data, training } = this.explored.trained.recipe
    const binarize = this.explored.isPrepared ? 'none' : data.binarize
    return exampleReader(binarize, training.seed).heldOut(rows, indices)
  }

  shown(rows: NDArray): Shown {
    return shownRows(this.medium, rows)
  }

  /** Codes of up to `count` examples, spread over the data; the last ones that were asked for are kept. */
  coded(count: number): Promise<Coded> {
    const most = Math.min(count, this.dataset.count)
    if (this.#coded?.count !== most) this.#coded = { count: most, codes: this.#encode(most) }
    return this.#coded.codes
  }

  async #encode(count: number): Promise<Coded> {
    const examples = spreadRows(this.dataset.count, count)
    const { x, condition } = await this.rows(examples)
    return { examples, ...(await this.model.encode(x, { condition })) }
  }

  /** The model as one of a table. Error: `studio/no-table`. */
  table(): Promise<ChunkModel> {
    const { trained, name } = this.explored
    const { table: schema, given, windows } = trained.recipe.data
    if (!schema)
      throw studioError({
        code: 'studio/no-table',
        seen: `the model "${name}", whose examples have no columns of their own kinds`,
        wanted: 'a model of a table',
        fix: 'drop a CSV and train on that',
      })
    this.#table ??= import('../../../../inside.tables.ts').then(({ openModelOfTable }) =>
      openModelOfTable(this.#engine, modelParts(trained), schema, { unseen: 'missing', given, windows }),
    )
    return this.#table
  }

  [Symbol.dispose](): void {
    this.model.dispose()
    void this.#table?.then((model) => model[Symbol.dispose]())
  }
}
