import type { ElementType } from '../base/arrays.ts'
import { type Shape, sizeOf } from '../base/shape.ts'
import { type Condition, conditionSlots } from '../data/condition.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'
import type { Program } from '../graph/program.ts'
import { parametersOf } from '../model/autoencoder.ts'
import { latentOf } from '../model/spec.ts'
import { explain, type Ledger } from '../objective/ledger.ts'
import type { Recipe } from '../recipe/recipe.ts'
import type { DataFacts, Trained } from '../recipe/trained.ts'
import { inferencePrograms } from './onnx.ts'
import { version } from './version.ts'

/** Name, element type and shape of what goes into or comes out of an ONNX file; `batch` is any number. */
export interface Port {
  readonly name: string
  readonly dtype: ElementType
  readonly shape: Shape
}

/** An ONNX file and how to run it from Python. */
export interface ModelFile {
  readonly file: string
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly python: string
}

/** What a model is, for people and programs that meet it without the training that made it. Plain JSON. */
export interface ModelCard {
  readonly summary: string
  readonly betavae: string
  readonly data: DataFacts & {
    readonly exampleShape: readonly number[]
    readonly dtype: string
    readonly scaling: string
    readonly binarize: string
  }
  /** What the input `condition` of both files holds, number by number, and how a number is scaled; absent where there is none. */
  readonly condition?: { readonly slots: readonly string[]; readonly columns: Condition }
  /** Trained numbers in the model. */
  readonly parameters: number
  readonly objective: Ledger
  readonly units: string
  /** The third makes codes of the numbers of their levels, where they are discrete. */
  readonly files: {
    readonly encoder: ModelFile
    readonly decoder: ModelFile
    readonly levels?: ModelFile
  }
  readonly metrics?: Evaluation
  readonly recipe: Recipe
}

const UNITS =
  'Losses, KL and ELBO are nats per example: sums over data and latent dimensions, mean over examples. ' +
  'Lower is better, but for elbo. Rows go in and come out in the units of the data.'

/** Describes a finished training; `metrics` are what it was found to be worth. */
export function cardOf(trained: Trained, metrics?: Evaluation): ModelCard {
  const { recipe, example, data, values } = trained
  const { encoder, decoder, levels } = inferencePrograms(trained)
  const fixed = new Set(Object.keys(values))
  return {
    summary: summaryOf(trained),
    betavae: version,
    data: {
      ...data,
      exampleShape: example.shape,
      dtype: example.dtype,
      scaling: recipe.data.scaling,
      binarize: recipe.data.binarize,
    },
    ...(recipe.model.condition && {
      condition: { slots: conditionSlots(recipe.model.condition), columns: recipe.model.condition },
    }),
    parameters: parametersOf(recipe.model, example).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    objective: explain(recipe.objective, recipe.model, example, data.trainCount),
    units: UNITS,
    files: {
      encoder: fileOf('encoder.onnx', encoder, fixed),
      decoder: fileOf('decoder.onnx', decoder, fixed),
      ...(levels && { levels: fileOf('levels.onnx', levels, fixed) }),
    },
    ...(metrics ? { metrics } : {}),
    recipe,
  }
}

function summaryOf({ recipe, data }: Trained): string {
  const { latent, likelihood, architecture } = recipe.model
  const kind = latentOf(recipe.model).kind.stochastic ? 'Variational autoencoder' : 'Autoencoder'
  const about = `objective ${recipe.objective.name}, ${architecture.name} networks, ${likelihood.name} likelihood`
  return `${kind} with a code of ${latent.size} for the data set "${data.name}" (${about})`
}

function fileOf(file: string, program: Program, fixed: ReadonlySet<string>): ModelFile {
  const inputs = program.inputs.filter(({ name }) => !fixed.has(name))
  const outputs = Object.entries(program.outputs).map(([name, { dtype, shape }]) => ({ name, dtype, shape }))
  return { file, inputs, outputs, python: pythonLine(file, inputs, outputs) }
}

/** Runs a file on one example of zeros. */
function pythonLine(file: string, inputs: readonly Port[], outputs: readonly Port[]): string {
  const feeds = inputs.map(({ name, dtype, shape }) => {
    const extents = shape.map((extent) => (typeof extent === 'number' ? extent : 1))
    return `"${name}": numpy.zeros([${extents.join(', ')}], "${dtype}")`
  })
  const results = outputs.map((output) => output.name).join(', ')
  return `import numpy, onnxruntime; [${results}] = onnxruntime.InferenceSession("${file}").run(None, {${feeds.join(', ')}})`
}
