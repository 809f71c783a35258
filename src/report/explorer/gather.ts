import { joinedFloats, type NDArray, toFloat32 } from '../../base/arrays.ts'
import { toBase64 } from '../../base/base64.ts'
import { sizeOf } from '../../base/shape.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import { slotNames } from '../../data/tables/slot-names.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { inferencePrograms } from '../../export/onnx.ts'
import type { Program } from '../../graph/program.ts'
import { saveProgram } from '../../graph/saved-program.ts'
import { CODES } from '../../infer/model-parts.ts'
import { knownCodes } from '../../infer/samplers/known.ts'
import { openSamplers } from '../../infer/samplers/open.ts'
import { spreadOf } from '../../infer/samplers/spread.ts'
import { modelParts, type Trained } from '../../recipe/trained.ts'
import { intensityRange, type Range } from '../grid.ts'
import type { Coloring } from '../map/latent-map.ts'
import { coloredSets } from '../map/latent-map.ts'
import type { Contents, Plane } from './contents.ts'

/** Codes that the page has to draw from. */
const DRAWS = 256
/** Of these, codes that are decoded to see what is black and white. */
const LOOKED_AT = 4

const base64Of = (data: ArrayLike<number>): string => {
  const floats = toFloat32(data)
  return toBase64(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength))
}

/** What of a model's surroundings goes into the page. */
export interface Shown {
  readonly codes?: NDArray
  readonly coloring?: Coloring
}

/** All that an explorer page knows of a model. */
export async function contentsOf(trained: Trained, { codes, coloring }: Shown): Promise<Contents> {
  const { decoder } = inferencePrograms(trained)
  const parameters = decoder.inputs.filter(({ name }) => name !== 'z').map(({ name }) => name)
  const known = knownCodes(referenceEngine, modelParts(trained))
  const { hasPrior } = await known()
  const spread = spreadOf(await known(), hasPrior ? 'prior' : 'codes')
  const draw = await openSamplers(trained.recipe.model, known)(hasPrior ? 'prior' : 'gmm')
  const { data: draws } = await draw(DRAWS, 0)
  const shown = codes ?? trained.values[CODES]
  return {
    exampleShape: trained.example.shape,
    decoder: saveProgram(decoder),
    parameters: parameters.map((name) => ({ name, shape: trained.values[name].shape })),
    weights: base64Of(joinedFloats(parameters.map((name) => trained.values[name].data))),
    center: [...spread.mean],
    step: [...spread.deviation],
    draws: base64Of(draws),
    ...(shown ? { plane: planeOf(shown, coloring) } : {}),
    ...(isImage(trained) ? { range: await rangeOfImages(trained, decoder, draws) } : namesOf(trained)),
  }
}

const isImage = ({ example: { shape } }: Trained): boolean =>
  shape.length === 3 && (shape[0] === 1 || shape[0] === 3)

/** What is black and white, by a few pictures that the model draws. */
async function rangeOfImages(
  { example, values }: Trained,
  decoder: Program,
  draws: Float32Array,
): Promise<Range> {
  using executable = await referenceEngine.load(decoder, { constants: values })
  const latent = draws.length / DRAWS
  const data = draws.subarray(0, LOOKED_AT * latent)
  const { reconstruction } = await executable.run({ z: { data, shape: [LOOKED_AT, latent] } })
  return intensityRange(example.dtype, reconstruction.data)
}

/** Names of what a row decodes to: the columns of a table, or its numbers. */
function namesOf({ recipe, data, example: { shape } }: Trained): Pick<Contents, 'columns' | 'table'> {
  const { table } = recipe.data
  // The page has the house's kinds alone, so of a table with others it shows the numbers themselves.
  if (table?.columns.some(({ kind }) => kind === 'own')) return { columns: slotNames(table) }
  if (table) return { table, columns: tableLayout(table).columns.map(({ name }) => name) }
  return { columns: data.columns ?? Array.from({ length: sizeOf(shape) }, (_, i) => `x${i}`) }
}

function planeOf(codes: NDArray, coloring?: Coloring): Plane {
  // The map's own way of coloring; where points lie is the page's affair.
  const points = { data: new Float64Array(2 * codes.shape[0]), shape: codes.shape }
  const { sets, legend } = coloredSets({ points, axes: ['', ''], ...(coloring ? { coloring } : {}) })
  return {
    codes: base64Of(codes.data),
    sets: sets.map(({ tone, members }) => ({ tone: legend ? tone : 'accent', members })),
    ...(legend ? { legend } : {}),
  }
}
