import { expect, test } from 'vitest'
import { referenceEngine } from '../../engine/reference.ts'
import { trainedOnDigits } from '../../export/trained.testing.ts'
import { createModel } from '../../infer/create-model.ts'
import { rankUnits } from '../../infer/units.ts'
import { modelParts, type Trained } from '../../recipe/trained.ts'
import { CONTENTS_ID, type Contents } from './contents.ts'
import { explorerPage } from './page.ts'
import { floatsOf, openDecoder } from './player/decoder.ts'

const nasty = '</script><b onload="x">&\''
const trained = await trainedOnDigits()

const contentsIn = (page: string): Contents =>
  JSON.parse(page.split(`id="${CONTENTS_ID}">`)[1].split('</script>')[0])

test('the decoder in the page gives the numbers of the model', async () => {
  const contents = contentsIn(await explorerPage(trained))
  const decode = openDecoder(contents)
  using model = await createModel(referenceEngine, modelParts(trained))
  const z = [0.4, -1.3, 2]
  const { data } = await model.decode({ data: Float32Array.from(z), shape: [1, 3] })
  const decoded = decode(z.map(Math.fround))
  // What the engine gives is rounded to float32: half a unit of 256 in its last place.
  expect(Math.max(...data.map((value, i) => Math.abs(value - decoded[i])))).toBeLessThan(1e-5)
  expect(contents.range).toEqual([0, 255])
})

test('what it draws are samples of the model', async () => {
  const contents = contentsIn(await explorerPage(trained))
  using model = await createModel(referenceEngine, modelParts(trained))
  const samples = await model.sample(2)
  const second = openDecoder(contents)([...floatsOf(contents.draws).subarray(3, 6)])
  expect(second[20]).toBeCloseTo(samples.data[64 + 20], 3)
})

test('nothing that is put into a page ends its elements, and nothing is fetched', async () => {
  const page = await explorerPage({ ...trained, data: { ...trained.data, name: nasty } })
  expect(page).not.toContain('<b onload')
  expect(page).toContain('&#60;b onload')
  expect(page.match(/<\/script>/g)).toHaveLength(2)
  expect(page).toContain("default-src 'none'")
  expect(page.match(/\b(?:src|href)="(?!data:)/g)).toBeNull()
})

test('sliders stand by KL, and the idle ones apart', async () => {
  const page = await explorerPage(trained, {
    units: rankUnits({ activity: [0.5, 0.001, 1], klPerDimension: [0.5, 0.001, 3.25] }, trained.recipe.model),
  })
  expect(page.match(/data-dimension="\d"/g)).toEqual([2, 0, 1].map((d) => `data-dimension="${d}"`))
  expect(page).toContain('<b>z2</b> <span>3.25 nats</span>')
  expect(page).toContain('1 more that carries almost nothing')
  const unknown = await explorerPage(trained)
  expect(unknown.match(/data-dimension="\d"/g)).toHaveLength(3)
  expect(unknown).not.toContain('almost nothing')
})

test('points of the plane are colored as a map is', async () => {
  const codes = { data: Float32Array.from({ length: 12 }, Math.sin), shape: [4, 3] }
  const page = await explorerPage(trained, { codes, coloring: { name: nasty, values: [1, 0, 1, 1] } })
  const { plane } = contentsIn(page)
  expect(plane?.sets).toEqual([
    { tone: 'class-0', members: [1] },
    { tone: 'class-1', members: [0, 2, 3] },
  ])
  expect(floatsOf(plane?.codes as string)).toEqual(codes.data)
  expect(page).toContain('<span class="class-1">1</span>')
})

test('an autoencoder without a prior draws as it samples; without codes it is refused', async () => {
  const plain = await trainedOnDigits({ objective: { name: 'autoencoder' } })
  const codes = { data: Float32Array.from({ length: 90 }, (_, i) => Math.sin(i * i)), shape: [30, 3] }
  const known: Trained = { ...plain, values: { ...plain.values, codes } }
  const contents = contentsIn(await explorerPage(known))
  expect(floatsOf(contents.draws)).toHaveLength(256 * 3)
  expect(contents.step.every((width) => width > 0.5 && width < 1)).toBe(true)
  const { codes: _, ...values } = plain.values
  await expect(explorerPage({ ...plain, values })).rejects.toThrow('[infer/no-codes]')
})
