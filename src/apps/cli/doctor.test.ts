import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from './running.testing.ts'

const folder = await temporaryFolder()
const home = process.cwd()

beforeAll(async () => {
  process.chdir(folder.path)
  const collapse =
    '--hidden 32 --latent 4 --epochs 12 --lr 0.003 --beta 50 --no-report --out collapsed --threads 1'
  const { code, err } = await inProcess('train', 'digits', ...collapse.split(' '))
  expect(code).toBe(0)
  // Said once while training, with the same words as afterwards.
  expect(err.match(/warning: posterior collapse: /g)).toHaveLength(1)
  expect(err).toContain('To mend it: charge less for the code: --beta 1')
})
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('doctor <run> prints the diagnosis', async () => {
  const { code, out } = await inProcess('doctor', 'collapsed')
  expect(code).toBe(0)
  expect(out).toMatch(/^collapsed: one thing to mend: validation after epoch 12, ELBO −/)
  expect(out).toContain(
    '\n\nproblem [diagnosis/posterior-collapse]\n  posterior collapse: after epoch 12 the KL is 0',
  )
  expect(out).toContain('to mend it: charge less for the code: --beta 1')
})

test('for programs, too', async () => {
  const { out } = await inProcess('doctor', 'collapsed', '--json')
  expect(JSON.parse(out)).toMatchObject({
    run: 'collapsed',
    healthy: false,
    findings: [{ code: 'diagnosis/posterior-collapse', severity: 'problem' }],
  })
})

test('a training that ran away is told from its log, and how to calm it', async () => {
  const words =
    'train digits --hidden 32 --epochs 4 --lr 1e18 --likelihood squared-error --no-report --out away'
  const { code, err } = await inProcess(...words.split(' '))
  expect(code).toBe(1)
  expect(err).toContain('[train/not-finite]')
  const { out } = await inProcess('doctor', 'away')
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /training ran away and was stopped: step \d+: .* to mend it: take smaller steps: --lr/,
  )
})

test('needs a run, where one is named', async () => {
  const { code, err } = await inProcess('doctor', 'nowhere')
  expect([code, err.trimEnd()]).toMatchInlineSnapshot(`
    [
      2,
      "no recipe.json in "nowhere"; wanted the folder of a run. Fix: list the runs there are with: betavae runs. [runs/not-a-run]",
    ]
  `)
})

test('evaluate shows the KL taken apart and every class', async () => {
  const { code, out } = await inProcess('evaluate', 'collapsed', '--nll', '20')
  expect(code).toBe(0)
  for (const words of ['aggregate gap', 'index–code information', 'total correlation', 'dimension-wise KL'])
    expect(out).toContain(words)
  expect(out).toMatch(/with 20 draws; from drawing ± 0\.\d{3}, \d+\.\d draws count/)
  expect(out).toMatch(/By class\nclass {2}examples +ELBO +reconstruction +KL +loss\n0 +\d+ +−/)
})

test('and so does its JSON, under keys that stay', async () => {
  const { out } = await inProcess('evaluate', 'collapsed', '--nll', '20', '--json')
  const found = JSON.parse(out)
  expect(found.classes).toHaveLength(10)
  const { indexCodeMutualInformation, totalCorrelation, dimensionWiseKl, aggregateGap } = found.klSplit
  expect(indexCodeMutualInformation + totalCorrelation + dimensionWiseKl).toBeCloseTo(found.kl, 5)
  expect(indexCodeMutualInformation + aggregateGap).toBeCloseTo(found.kl, 5)
  expect(Object.keys(found.nll)).toEqual([
    'estimate',
    'standardError',
    'samples',
    'samplingError',
    'bias',
    'effectiveSamples',
    'bitsPerDimension',
  ])
})
