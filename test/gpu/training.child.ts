/** Trains on WebGPU, once in one go and once from a checkpoint of the middle on, and prints what came of it. */
import { createHash } from 'node:crypto'
import { nodeEngines, openEngine, type RecipeDraft, train, writeWeights } from '../../src/inside.node.ts'

/** What it prints. */
export interface Course {
  readonly engine: string
  readonly losses: readonly number[]
  readonly digest: string
  readonly resumedDigest: string
}

const draft = JSON.parse(process.argv[2]) as RecipeDraft
const middle = Number(process.argv[3])
const { engine } = await openEngine(nodeEngines, 'webgpu')
const digestOf = (trained: Parameters<typeof writeWeights>[0]) =>
  createHash('sha256').update(writeWeights(trained)).digest('hex')

const losses: number[] = []
let checkpoint: { readonly bytes: Uint8Array } | undefined
const training = train(draft, { engine })
for await (const event of training)
  if (event.kind === 'step') {
    losses.push(event.loss)
    if (event.step === middle) checkpoint = await training.checkpoint()
  }
const whole = await training
const resumed = await train(draft, { engine, from: checkpoint!.bytes })
const course: Course = {
  engine: engine.description,
  losses,
  digest: digestOf(whole.trained),
  resumedDigest: digestOf(resumed.trained),
}
console.log(JSON.stringify(course))
