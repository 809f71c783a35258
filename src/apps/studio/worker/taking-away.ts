import {
  cardOf,
  coloringOf,
  type ExplorerOptions,
  explorerPage,
  exportOnnx,
  unitsOf,
  writeWeights,
} from '../../../inside.ts'
import type { ExportKind, NamedBytes } from '../protocol.ts'
import type { Explorer } from './exploring/explorer.ts'
import { USUAL_POINTS } from './exploring/plane.ts'

const json = (name: string, document: unknown): NamedBytes => ({
  name,
  type: 'application/json',
  bytes: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
})

const binary = (name: string, bytes: Uint8Array): NamedBytes => ({
  name,
  type: 'application/octet-stream',
  bytes: new Uint8Array(bytes),
})

/** The model that is explored, as files. */
export async function takeAway(kind: ExportKind, explorer: Explorer): Promise<readonly NamedBytes[]> {
  const { trained } = explorer.explored
  const name = stemOf(explorer.explored.name)
  if (kind === 'onnx') {
    const { encoder, decoder, levels } = exportOnnx(trained)
    return [
      binary(`${name}-encoder.onnx`, encoder),
      binary(`${name}-decoder.onnx`, decoder),
      ...(levels ? [binary(`${name}-levels.onnx`, levels)] : []),
      json(`${name}-card.json`, cardOf(trained)),
    ]
  }
  if (kind === 'safetensors') return [binary(`${name}.safetensors`, writeWeights(trained))]
  if (kind === 'recipe') return [json(`${name}-recipe.json`, trained.recipe)]
  const page = await explorerPage(trained, { title: explorer.explored.name, ...(await around(explorer)) })
  return [{ name: `${name}.html`, type: 'text/html', bytes: new TextEncoder().encode(page) }]
}

/** A name that is fit for a file. */
const stemOf = (name: string): string =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'model'

/** What a page shows beside the decoder: which dimension carries what, and where examples lie. */
async function around(explorer: Explorer): Promise<ExplorerOptions> {
  const { dataset, trained } = explorer.explored
  if (!dataset) return {}
  const coded = await explorer.coded(USUAL_POINTS)
  const coloring = coloringOf(dataset, coded.examples)
  return {
    codes: coded.mean,
    ...(coloring ? { coloring } : {}),
    units: unitsOf(coded, trained.recipe.model),
  }
}
