import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeNpy } from '../../src/data/formats/npy.ts'
import { referenceEngine } from '../../src/engine/reference.ts'
import { cardOf } from '../../src/export/card.ts'
import { exportOnnx } from '../../src/export/onnx.ts'
import { digitRows, trainedOnDigits } from '../../src/export/trained.testing.ts'
import { writeWeights } from '../../src/export/weights.ts'
import { createModel } from '../../src/infer/create-model.ts'
import { type NDArray, open } from '../../src/inside.node.ts'
import { modelParts, type Trained } from '../../src/recipe/trained.ts'
import { findPython, runPython } from './python.ts'

const python = findPython()

interface Found {
  readonly mean: number[]
  readonly logVariance: number[]
  readonly reconstruction: number[]
  readonly metadata: Record<string, string>[]
  readonly tensors: Record<string, { dtype: string; shape: number[]; data: number[] }>
  readonly notes: Record<string, string>
  readonly shapes: Record<string, number[]>
}

const ROWS = 6

/** Lets Python read everything that an export writes. */
async function readInPython(executable: string, trained: Trained, condition?: NDArray): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-python-'))
  try {
    const { encoder, decoder } = exportOnnx(trained)
    await writeFile(join(folder, 'encoder.onnx'), encoder)
    await writeFile(join(folder, 'decoder.onnx'), decoder)
    await writeFile(join(folder, 'weights.safetensors'), writeWeights(trained))
    await writeFile(join(folder, 'card.json'), JSON.stringify(cardOf(trained)))
    await writeFile(join(folder, 'x.npy'), writeNpy(await digitRows(ROWS)))
    if (condition) await writeFile(join(folder, 'condition.npy'), writeNpy(condition))
    return runPython(executable, folder, [join(import.meta.dirname, 'read_model.py')]) as Found
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Largest difference, relative to the largest magnitude wanted. */
function worst(found: readonly number[], wanted: ArrayLike<number>): number {
  expect(found.length).toBe(wanted.length)
  const scale = Math.max(...Array.from(wanted, Math.abs))
  expect(scale).toBeGreaterThan(0.01)
  return Math.max(...found.map((value, i) => Math.abs(value - wanted[i]))) / scale
}

describe.skipIf(!python)('in Python', () => {
  let trained: Trained
  let found: Found
  beforeAll(async () => {
    trained = await trainedOnDigits()
    found = await readInPython(python as string, trained)
  })

  test('onnxruntime gives the numbers of the model to 1e-5', async () => {
    using model = await createModel(referenceEngine, modelParts(trained))
    const rows = await digitRows(ROWS)
    const { mean, logVariance } = await model.encode(rows)
    expect(worst(found.mean, mean.data)).toBeLessThan(1e-5)
    expect(worst(found.logVariance, logVariance?.data ?? [])).toBeLessThan(1e-5)
    expect(worst(found.reconstruction, (await model.reconstruct(rows)).data)).toBeLessThan(1e-5)
  })

  test('onnxruntime finds the recipe', () => {
    for (const { recipe } of found.metadata) expect(JSON.parse(recipe)).toEqual(trained.recipe)
  })

  test('safetensors gives every tensor, bit for bit', () => {
    const wanted = Object.entries(trained.values).map(([name, { data, shape }]) => [
      name,
      { dtype: 'float32', shape, data: Array.from(data) },
    ])
    expect(found.tensors).toEqual(Object.fromEntries(wanted))
  })

  test('safetensors finds recipe, example type and data facts', () => {
    const { recipe, example, data } = trained
    const { format, ...notes } = found.notes
    expect(format).toBe('betavae')
    expect([notes.recipe, notes.example, notes.data].map((text) => JSON.parse(text))).toEqual([
      recipe,
      example,
      data,
    ])
  })

  test('the lines on the card run as they are', () => {
    expect(found.shapes).toEqual({ mean: [1, 3], logVariance: [1, 3], reconstruction: [1, 1, 8, 8] })
  })

  test('a conditional model is the same in onnxruntime and when it is opened again', async () => {
    const given = await trainedOnDigits({ objective: { name: 'conditional-vae' }, training: { steps: 60 } })
    const labels = [7, 1, 4, 4, 0, 9]
    const condition = { data: new Float32Array(10 * ROWS), shape: [ROWS, 10] }
    for (const [row, label] of labels.entries()) condition.data[10 * row + label] = 1
    const own = await readInPython(python as string, given, condition)
    expect(own.shapes).toEqual(found.shapes)
    using opened = await open(writeWeights(given))
    const rows = await digitRows(ROWS)
    const named = { condition: { label: labels } }
    expect(worst(own.mean, (await opened.encode(rows, named)).mean.data)).toBeLessThan(1e-5)
    expect(worst(own.reconstruction, (await opened.reconstruct(rows, named)).data)).toBeLessThan(1e-5)
    const others = await opened.reconstruct(rows, { condition: { label: 3 } })
    expect(worst(own.reconstruction, others.data)).toBeGreaterThan(1e-3)
  })
})
