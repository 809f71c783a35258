import { expect, test } from 'vitest'
import { nativeEngine } from '../../src/engine/onnxruntime/node/native.ts'
import {
  type Dataset,
  type Diagnosis,
  datasetOf,
  diagnose,
  type NDArray,
  openData,
  type RecipeDraft,
  train,
} from '../../src/inside.node.ts'

const digits = await openData('digits')
const engine = await nativeEngine({ threads: 1 })

async function some(count: number): Promise<Dataset> {
  const { defaults, count: all } = digits
  const rows = await digits.read(Array.from({ length: count }, (_, i) => Math.floor((i * all) / count)))
  return datasetOf(rows as NDArray<Uint8Array>, { name: 'digits', defaults })
}

interface Trained {
  readonly diagnosis: Diagnosis
  /** Codes of warnings, with the epoch after which each was said. */
  readonly warned: readonly (readonly [code: string, epoch: number])[]
}

async function trained(
  dataset: Dataset,
  draft: Omit<RecipeDraft, 'data'>,
  validation = 0.1,
): Promise<Trained> {
  const data = { source: 'digits', validation, test: 0, binarize: 'fixed' } as const
  const training = train({ ...draft, data }, { dataset, engine })
  const warned: [string, number][] = []
  let epoch = 0
  for await (const event of training) {
    if (event.kind === 'epoch') epoch = event.epoch
    if (event.kind === 'warning') warned.push([event.code, epoch])
  }
  const { trained: result, events } = await training
  return { diagnosis: diagnose({ recipe: result.recipe, events }), warned }
}

const network = (hidden: number) => ({
  architecture: { name: 'mlp', hidden: [hidden] },
  latent: { size: 8 },
  likelihood: { name: 'bernoulli' },
})

test('a healthy training raises no alarm, and the diagnosis says why', async () => {
  const { diagnosis, warned } = await trained(await some(1500), {
    model: network(64),
    training: { epochs: 25, batch: 64, learningRate: 0.003 },
  })
  expect(warned).toEqual([])
  expect(diagnosis.findings).toEqual([])
  expect(diagnosis.said).toMatch(/^healthy: validation after epoch 25, ELBO −\d/)
  expect(diagnosis.said).toMatch(/, [5-8] of 8 units active$/)
})

test('a training made to collapse is told so while it trains, and to lower β', async () => {
  const { diagnosis, warned } = await trained(await some(600), {
    model: network(64),
    objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 50 }] },
    training: { epochs: 20, batch: 32, learningRate: 0.003 },
  })
  expect(warned).toEqual([['diagnosis/posterior-collapse', expect.any(Number)]])
  expect(warned[0][1]).toBeLessThan(15)
  const [finding] = diagnosis.findings
  expect(finding.code).toBe('diagnosis/posterior-collapse')
  expect(finding.said).toContain('none of 8 units is active')
  expect(finding.said).toContain('β is 50')
  expect(finding.remedy).toContain('--beta 1')
})

test('a training made to overfit is told so while it trains, and to stop in time', async () => {
  const { diagnosis, warned } = await trained(
    await some(150),
    { model: network(256), training: { epochs: 120, batch: 30, learningRate: 0.003 } },
    0.4,
  )
  expect(warned).toEqual([['diagnosis/overfitting', expect.any(Number)]])
  expect(warned[0][1]).toBeLessThan(120)
  const [finding] = diagnosis.findings
  expect(finding).toMatchObject({ code: 'diagnosis/overfitting', severity: 'warning' })
  expect(finding.said).toContain('parameters learn from 90 examples')
  expect(finding.remedy).toMatch(/--patience \d+.*--l2 0.0001.*--hidden 64.*more data/)
})
