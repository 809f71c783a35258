import { describe, expect, test } from 'vitest'
import { desk } from './desk.testing.ts'

const draft = {
  data: { source: 'digits' },
  model: { architecture: { name: 'mlp', hidden: [16] }, latent: { size: 4 } },
  objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 1 }] },
  training: { steps: 60, batch: 64, seed: 1 },
  engine: { name: 'native' as const },
}

async function digits() {
  const page = desk()
  await page.ask('openData', { kind: 'bundled', name: 'digits' })
  return page
}

test('choices are those of the library, and the engines of the place', async () => {
  const page = desk()
  const { data, presets, engines } = await page.ask('vocabulary', null)
  expect(data.map(({ name }) => name)).toEqual(['digits', 'mnist-sample', 'discs'])
  const { architectures, likelihoods, priors } = await page.ask('modelChoices', null)
  const networks = architectures.map(({ name }) => name)
  expect(networks).toEqual(['mlp', 'conv', 'resnet', 'burgess', 'locatello', 'higgins'])
  expect(likelihoods.map(({ name }) => name)).toEqual(expect.arrayContaining(['bernoulli', 'hurdle']))
  expect(priors.map(({ name }) => name)).toEqual(expect.arrayContaining(['standard', 'vamp']))
  expect(presets.length).toBeGreaterThan(10)
  expect(engines).toContainEqual({ name: 'native', available: true })
})

describe('data', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `${(i * 7) % 11},${i % 3 === 0 ? 'a' : 'b'}`)
  const csv = new File([`size,kind\n${lines.join('\n')}\n`], 'things.csv')

  test('bundled ones say what they are', async () => {
    const page = desk()
    const card = await page.ask('openData', { kind: 'bundled', name: 'mnist-sample' })
    expect(card).toMatchObject({ count: 2000, exampleShape: [1, 28, 28], kind: 'images' })
    expect(card.classes).toHaveLength(10)
    expect(card.examples).toMatchObject({ kind: 'images', width: 28, height: 28, count: 24 })
  })

  test('a dropped table is read with the reasons for it', async () => {
    const card = await desk().ask('openData', { kind: 'files', files: [csv] })
    expect(card).toMatchObject({ kind: 'table', count: 40, columns: [{ name: 'size' }, { name: 'kind' }] })
    expect(card.examples).toMatchObject({ kind: 'cells', columns: ['size', 'kind'] })
  })

  test('dropped images become one data set; what is none is left out and told', async () => {
    const files = ['a.png', 'b.png', 'broken.png', 'notes.txt', '.DS_Store'].map(
      (name) => new File(['x'], name),
    )
    const card = await desk().ask('openData', { kind: 'files', files })
    expect(card).toMatchObject({ kind: 'images', count: 2, exampleShape: [1, 8, 8] })
    expect(card.notes).toEqual([
      '1 other files were left out',
      '1 of 3 files are no images that can be read here; they were left out',
    ])
  })

  test('a wrong file is refused, and what was open stays', async () => {
    const page = await digits()
    const wrong = new File([Uint8Array.of(0, 1, 2, 3)], 'what.bin')
    await expect(page.ask('openData', { kind: 'files', files: [wrong] })).rejects.toMatchObject({
      failure: { code: 'table/format', fix: expect.any(String) },
    })
    expect((await page.ask('explain', draft)).recipe.data.source).toBe('digits')
  })

  test('without data nothing starts', async () => {
    await expect(desk().ask('start', { draft })).rejects.toThrow('studio/no-data')
  })
})

test('a draft is explained: its formula, its terms, its size', async () => {
  const page = await digits()
  const { ledger, weights, parameters, stepsPerEpoch } = await page.ask('explain', draft)
  expect(ledger.formula).toContain('KL')
  expect(ledger.terms).toMatchObject([{ name: 'kl', weight: 1 }])
  expect(weights).toEqual([{ symbol: 'β', usual: 1 }])
  expect(parameters).toBeGreaterThan(1000)
  expect(stepsPerEpoch).toBeGreaterThan(10)
})

describe('training', () => {
  test('steps, epochs, pictures and findings are reported, in batches', async () => {
    const page = await digits()
    const started = await page.ask('start', { draft })
    expect(started).toMatchObject({ step: 0, totalSteps: 60, batch: 64 })
    await page.inPhase('finished')
    const steps = page.of('steps').flatMap(({ steps: { step } }) => [...step])
    expect(steps).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    const [{ steps: first }] = page.of('steps')
    expect(first.terms.kl).toHaveLength(first.step.length)
    expect(first.loss[0]).toBeCloseTo(first.reconstruction[0] + first.kl[0], 3)
    expect(page.of('epochs').flatMap(({ epochs }) => epochs)[0].klPerDimension).toHaveLength(4)
    expect(page.of('fresh').at(-1)?.fresh).toMatchObject({ step: 60, samples: { kind: 'images', width: 8 } })
    expect(page.of('diagnosis').length).toBeGreaterThan(0)
    expect(page.of('snapshot').at(-1)?.snapshot.step).toBe(60)
  })

  test('it pauses, goes single steps, takes another weight, and goes on', async () => {
    const page = await digits()
    const resting = page.inPhase('paused')
    await page.ask('start', { draft, paused: true })
    await resting
    const paused = page.inPhase('paused')
    await page.ask('step', { count: 5 })
    await paused
    expect(page.of('phase').at(-1)).toMatchObject({ phase: 'paused', step: 5 })
    await page.ask('setWeight', { term: 'kl', weight: 8 })
    await expect(page.ask('setWeight', { term: 'tc', weight: 8 })).rejects.toThrow('train/no-term')
    const finished = page.inPhase('finished')
    await page.ask('resume', null)
    await finished
    const weights = page.of('steps').flatMap(({ steps }) => [...steps.weights.kl])
    expect(weights).toEqual([...Array(5).fill(1), ...Array(55).fill(8)])
    expect(page.of('weight')).toEqual([{ report: 'weight', step: 5, term: 'kl', weight: 8 }])
    await expect(page.ask('setWeight', { term: 'kl', weight: 1 })).rejects.toThrow('studio/no-training')
  })

  test('from a snapshot another desk goes on to the same bits', async () => {
    const whole = await digits()
    const resting = whole.inPhase('paused')
    await whole.ask('start', { draft, paused: true })
    await resting
    const paused = whole.inPhase('paused')
    await whole.ask('step', { count: 20 })
    await paused
    await whole.ask('setWeight', { term: 'kl', weight: 4 })
    const again = whole.inPhase('paused')
    await whole.ask('step', { count: 10 })
    await again
    const snapshot = await whole.ask('snapshot', null)
    const finished = whole.inPhase('finished')
    await whole.ask('resume', null)
    await finished

    const other = await digits()
    expect(await other.ask('start', { draft, from: snapshot })).toMatchObject({ step: 30 })
    await other.inPhase('finished')
    const losses = (page: typeof whole) => page.of('steps').flatMap(({ steps }) => [...steps.loss])
    expect(losses(other)).toEqual(losses(whole).slice(30))
    expect(other.of('steps')[0].steps.weights.kl[0]).toBe(4)
  })

  test('stopped early, it can be explored; numbers that run away end it with words', async () => {
    const page = await digits()
    await page.ask('start', { draft: { ...draft, training: { ...draft.training, steps: 100_000 } } })
    await page.until(({ report }) => report === 'steps')
    await page.ask('stop', null)
    expect(page.of('phase').at(-1)).toMatchObject({ phase: 'finished', words: 'stopped by hand' })
    expect(await page.ask('look', null)).toMatchObject({ of: 'training', latent: 4, examples: 1797 })

    const wild = { ...draft, training: { ...draft.training, learningRate: 1e9 } }
    const failed = page.inPhase('failed')
    await page.ask('start', { draft: wild })
    expect(await failed).toMatchObject({ failure: { code: 'train/not-finite' } })
  })
})

describe('exploring', async () => {
  const page = await digits()
  await page.ask('start', { draft })
  await page.inPhase('finished')
  const subject = await page.ask('look', null)

  test('units come by KL, whose sum is that of the model', async () => {
    const units = await page.ask('units', null)
    const nats = units.map(({ kl }) => kl ?? Number.NaN)
    expect(nats).toEqual(nats.toSorted((a, b) => b - a))
    const validation = page.of('epochs').at(-1)?.epochs.at(-1)?.validation?.kl ?? Number.NaN
    expect(Math.abs(nats.reduce((a, b) => a + b) - validation)).toBeLessThan(0.15 * validation)
  })

  test('a map has a point, a color and a code for each example, and leads back to codes', async () => {
    const { points, colors, codes, back, colorings, coloring, examples } = await page.ask('map', {
      count: 300,
    })
    expect([points.length, colors?.length, codes.length, examples.length]).toEqual([600, 300, 1200, 300])
    expect([coloring, colorings]).toEqual(['class', ['class']])
    // What a plane explains of a code is its nearest point there: what is left stands at right angles to it.
    const [x, y] = points
    const left = codes.slice(0, 4).map((z, d) => z - back!.origin[d] - x * back!.across[d] - y * back!.up[d])
    const along = (direction: Float32Array) => left.reduce((sum, value, d) => sum + value * direction[d], 0)
    expect(Math.abs(along(back!.across))).toBeLessThan(1e-4)
    expect(Math.abs(along(back!.up))).toBeLessThan(1e-4)
  })

  test('codes decode, examples encode, and sliders change the picture', async () => {
    const { mean, deviation, reconstruction, elbo } = await page.ask('encode', { example: 7 })
    expect(deviation).toHaveLength(4)
    expect(elbo).toBeLessThan(0)
    const decoded = await page.ask('decode', { codes: mean, count: 1 })
    expect(decoded).toEqual(reconstruction)
    const { images, dimensions } = await page.ask('traverse', { positions: [-2, 0, 2] })
    const units = await page.ask('units', null)
    expect(dimensions).toEqual(units.map(({ dimension }) => dimension))
    if (images.kind !== 'images') throw new Error('no images')
    const size = 8 * 8 * 4
    expect(images.count).toBe(12)
    expect(images.rgba.subarray(0, size)).not.toEqual(images.rgba.subarray(2 * size, 3 * size))
    expect(await page.ask('frame', {})).toMatchObject({ unit: 'prior', step: Float32Array.of(1, 1, 1, 1) })
    expect(await page.ask('interpolate', { from: 0, to: 1, steps: 5 })).toMatchObject({ count: 5 })
    expect(await page.ask('sample', { count: 6, seed: 1 })).toMatchObject({ count: 6 })
  })

  test('the nearest neighbor of an example is itself', async () => {
    const { mean } = await page.ask('encode', { example: 7 })
    const [first, second] = await page.ask('neighbors', { code: mean, count: 2 })
    expect(first.example).toBe(7)
    expect(first.distance).toBeLessThan(1e-5)
    expect(second.distance).toBeGreaterThan(0)
  })

  test('an own example is encoded as one of the data is', async () => {
    const shown = await page.ask('examples', { examples: [3] })
    if (shown.kind !== 'images') throw new Error('no images')
    const cells = Array.from({ length: 64 }, (_, pixel) => shown.rgba[4 * pixel])
    const own = await page.ask('encode', { cells })
    expect(own.mean).toEqual((await page.ask('encode', { example: 3 })).mean)
    await expect(page.ask('encode', { cells: [1, 2] })).rejects.toThrow('studio/own-example')
    await expect(page.ask('encode', { example: -1 })).rejects.toThrow('studio/example')
  })

  test('what is taken away opens as a run elsewhere, without examples', async () => {
    const [weights] = await page.ask('export', { kind: 'safetensors' })
    const other = desk()
    const opened = await other.ask('openRun', { name: 'taken', weights: weights.bytes })
    expect(opened).toMatchObject({ of: 'run', latent: subject.latent, examples: 0, recipe: subject.recipe })
    const codes = new Float32Array(4)
    expect(await other.ask('decode', { codes, count: 1 })).toMatchObject({ count: 1, width: 8 })
    await expect(other.ask('map', {})).rejects.toThrow('studio/no-examples')
    await expect(page.ask('anomalies', { count: 3 })).rejects.toThrow('studio/no-table')
  })
})

test('of a table the strangest row is found, with the column that makes it so', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const size = Math.sin(i) * 2
    return `${size.toFixed(4)},${(i === 123 ? 40 : 3 * size + Math.cos(7 * i) / 9).toFixed(4)}`
  })
  const page = desk()
  await page.ask('openData', {
    kind: 'files',
    files: [new File([`size,weight\n${rows.join('\n')}\n`], 'things.csv')],
  })
  await page.ask('start', {
    draft: { data: { source: 'things' }, training: { steps: 300 }, engine: { name: 'native' } },
  })
  await page.inPhase('finished')
  await page.ask('look', null)
  const { rows: found, p, least } = await page.ask('anomalies', { count: 2 })
  const [first, second] = found
  expect(first).toMatchObject({
    row: 123,
    causes: [{ column: 'weight', seen: '40.0000' }, { column: 'size' }],
  })
  expect(first.score).toBeGreaterThan(second.score)
  expect(p).toHaveLength(300)
  expect(first.p).toBe(p?.[0])
  expect(first.p).toBe(least)
  const plane = await page.ask('map', { color: 'weight' })
  expect(plane).toMatchObject({ coloring: 'weight', colorings: ['size', 'weight'] })
  expect(plane.colorNames).toMatchObject({ 15: '40.0000' })
  expect(plane.colors?.[plane.examples.indexOf(123)]).toBe(15)
})
