import { expect, test } from 'vitest'
import type { Cells, Pictures, Shown } from '../protocol.ts'
import { desk } from './desk.testing.ts'

const engine = { name: 'native' as const }
const pictures = (shown: Shown): Pictures => {
  if (shown.kind !== 'images') throw new Error('no images')
  return shown
}
const cells = (shown: Shown): Cells => {
  if (shown.kind !== 'cells') throw new Error('no cells')
  return shown
}

test('a model that is told the class trains, and decodes, walks and draws under another', async () => {
  const page = desk()
  const card = await page.ask('openData', { kind: 'bundled', name: 'digits' })
  expect(card.known).toEqual(['label'])
  const draft = {
    data: { source: 'digits', condition: ['label'] },
    model: { architecture: { name: 'mlp', hidden: [16] }, latent: { size: 3 } },
    objective: { name: 'vae' },
    training: { steps: 120, batch: 64, seed: 1 },
    engine,
  }
  await page.ask('start', { draft })
  await page.inPhase('finished')
  expect(page.of('fresh').at(-1)?.fresh).toMatchObject({ samples: { kind: 'images' } })
  const { recipe } = await page.ask('look', null)
  expect(recipe.model.condition?.map(({ name }) => name)).toEqual(['label'])

  const usual = await page.ask('given', {})
  const { label } = await page.ask('given', { example: 7 })
  expect(label).not.toBe(usual.label)
  const { mean: code, reconstruction } = await page.ask('encode', { example: 7 })
  const decoded = (condition?: { label: number | string | boolean | null }) =>
    page.ask('decode', { codes: code.slice(), count: 1, ...(condition && { condition }) })
  expect(await decoded({ label })).toEqual(reconstruction)
  expect(await decoded()).toEqual(await decoded({ label: usual.label }))
  expect(await decoded({ label: usual.label })).not.toEqual(reconstruction)
  await expect(decoded({ label: 12 })).rejects.toThrow('condition/value')

  const levels = [0, 3, 8]
  const codes = Float32Array.from({ length: 9 }, (_, at) => code[at % 3])
  const across = pictures(await page.ask('decode', { codes, count: 3, condition: { label: levels } }))
  const alone = pictures(await decoded({ label: 8 }))
  expect(across.rgba.subarray(2 * alone.rgba.length)).toEqual(alone.rgba)

  const sampled = await page.ask('sample', { count: 3, seed: 1, condition: { label: levels } })
  expect(sampled).not.toEqual(await page.ask('sample', { count: 3, seed: 1, condition: { label: 1 } }))
  const walk = { from: 0, to: 1, steps: 5 }
  const held = pictures(await page.ask('interpolate', { ...walk, condition: { label } }))
  expect(held).not.toEqual(await page.ask('interpolate', walk))
  const { mean } = await page.ask('encode', { example: 0 })
  const begin = pictures(await page.ask('decode', { codes: mean, count: 1, condition: { label } }))
  expect(held.rgba.subarray(0, begin.rgba.length)).toEqual(begin.rgba)
  const positions = [-1, 1]
  const grid = await page.ask('traverse', { positions, condition: { label: 3 } })
  expect(grid.images).not.toEqual((await page.ask('traverse', { positions })).images)
  const own = { cells: new Array<number>(64).fill(0) }
  await expect(page.ask('encode', own)).rejects.toThrow('infer/condition')
  expect(await page.ask('encode', { ...own, condition: { label: 3 } })).toHaveProperty('mean')
})

test('columns of a table are given: read so, asked for, and told of rows', async () => {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const [sex, year] = [i % 2 === 0 ? 'f' : 'm', 1990 + (i % 30)]
    const size = 160 + (sex === 'm' ? 13 : 0) + 4 * Math.sin(i)
    return `${size.toFixed(1)},${sex},${(2 * size + Math.cos(3 * i)).toFixed(1)},${year}-05-01`
  })
  const file = new File([`size,sex,reach,born\n${rows.join('\n')}\n`], 'people.csv')
  const page = desk()
  const card = await page.ask('openData', { kind: 'files', files: [file], given: ['born', 'sex'] })
  expect(card).toMatchObject({ given: ['born', 'sex'], known: [] })
  expect(card.columns?.map(({ name }) => name)).toEqual(['size', 'sex', 'reach', 'born'])
  await page.ask('start', {
    draft: { data: { source: 'people', condition: ['born', 'sex'] }, training: { steps: 300 }, engine },
  })
  await page.inPhase('finished')
  await page.ask('look', null)
  expect(await page.ask('given', { example: 5 })).toEqual({ born: '1995-05-01', sex: 'm' })
  const code = new Float32Array((await page.ask('frame', {})).base)
  const sizeUnder = async (sex: string) => {
    const condition = { born: '2001-05-01', sex }
    return Number(cells(await page.ask('decode', { codes: code.slice(), count: 1, condition })).rows[0][0])
  }
  expect((await sizeUnder('m')) - (await sizeUnder('f'))).toBeGreaterThan(5)
  const made = await page.ask('makeRows', { count: 30, seed: 1, condition: { sex: 'm' } })
  expect(new Set(made.shown.rows.map((row) => row[made.shown.columns.indexOf('sex')]))).toEqual(
    new Set(['m']),
  )
  expect((await page.ask('makeRows', { count: 60, seed: 1 })).fidelity.length).toBeGreaterThan(0)
  expect((await page.ask('anomalies', { count: 2 })).rows).toHaveLength(2)
  expect((await page.ask('fillTable', {})).rows).toBe(240)
})
