import type { Cell, GivenRows, NDArray, TableChunk } from '../../../../inside.ts'
import type { Encoding, OwnExample } from '../../protocol.ts'
import { openData } from '../data/open-data.ts'
import { studioError } from '../failure.ts'
import type { Host } from '../host.ts'
import type { Explorer } from './explorer.ts'

/** A code, its uncertainty, and what comes back out of it. */
export async function encodingOf(
  explorer: Explorer,
  { x, condition }: { readonly x: NDArray; readonly condition?: GivenRows | undefined },
): Promise<Encoding> {
  const { model } = explorer
  const { mean, logVariance } = await model.encode(x, { condition })
  const { elbo } = await model.score(x, { condition })
  return {
    mean: Float32Array.from(mean.data),
    ...(logVariance ? { deviation: Float32Array.from(logVariance.data, (nats) => Math.exp(nats / 2)) } : {}),
    original: explorer.shown(x),
    reconstruction: explorer.shown(await model.decode(mean, { condition })),
    ...(elbo ? { elbo: elbo[0] } : {}),
  }
}

/** An example of a person's own [1, ...exampleShape]. Errors: `studio/own-example`, and those of the formats. */
export async function ownExample(explorer: Explorer, own: OwnExample, host: Host): Promise<NDArray> {
  const { exampleShape } = explorer.model
  const shape = [1, ...exampleShape]
  if ('cells' in own) return { data: await numbersOf(explorer, own.cells), shape }
  if (explorer.medium.kind === 'images' && own.file.type.startsWith('image/'))
    return { data: await pixelsOf(explorer, own.file, host), shape }
  // A table's columns are of the kinds that the model knows, which one row does not tell.
  if (explorer.medium.kind === 'table') {
    const table = await explorer.table()
    return { data: table.encode(await firstRow(own.file)), shape }
  }
  const { dataset } = await openData({ kind: 'files', files: [own.file] }, host)
  const first = await dataset.read([0])
  if (first.data.length !== size(exampleShape)) refuseExample(`${first.data.length} numbers`, exampleShape)
  return { data: Float32Array.from(first.data), shape }
}

async function numbersOf(explorer: Explorer, cells: readonly Cell[]): Promise<Float32Array> {
  if (explorer.medium.kind === 'table') {
    const table = await explorer.table()
    return table.encode({ columns: table.columns, first: 0, rows: [cells] })
  }
  const { exampleShape } = explorer.model
  const numbers = Float32Array.from(cells, Number)
  if (numbers.length !== size(exampleShape) || numbers.some(Number.isNaN))
    refuseExample(`${numbers.length} values, not all of them numbers`, exampleShape)
  return numbers
}

async function firstRow(file: File): Promise<TableChunk> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { openTableBytes } = await import('../../../../inside.tables.ts')
  for await (const { columns, rows } of openTableBytes(file.name, bytes).chunks())
    if (rows.length > 0) return { columns, first: 0, rows: [rows[0]] }
  throw studioError({
    code: 'studio/own-example',
    seen: `"${file.name}" without a row`,
    wanted: 'a table with one row under its header',
    fix: 'add a row, or type one',
  })
}

/** An image at the size of the model's, in the range of its data. */
async function pixelsOf(explorer: Explorer, file: File, host: Host): Promise<Float32Array> {
  const [channels, height, width] = explorer.model.exampleShape
  const { rgba, ...decoded } = await host.image(file, Math.max(height, width)).catch(() => {
    throw studioError({
      code: 'studio/own-example',
      seen: `"${file.name}", which is no image that can be read here`,
      wanted: 'a picture in a format that this browser can read',
      fix: 'drop a PNG, JPEG or WebP image',
    })
  })
  const [low, high] = explorer.medium.range
  const data = new Float32Array(channels * height * width)
  const left = Math.floor((decoded.width - width) / 2)
  const top = Math.floor((decoded.height - height) / 2)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = ((y + top) * decoded.width + x + left) * 4
      const grey = 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]
      for (let channel = 0; channel < channels; channel++) {
        const byte = channels === 1 ? grey : rgba[at + channel]
        data[(channel * height + y) * width + x] = low + (byte / 255) * (high - low)
      }
    }
  return data
}

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1)

function refuseExample(seen: string, shape: readonly number[]): never {
  throw studioError({
    code: 'studio/own-example',
    seen,
    wanted: `an example of shape ${shape.join('×')}, as the model was trained on`,
    fix: 'give a file of the same kind as the data',
  })
}
