/** Trains into a run directory and prints what memory it held after some steps and at the end. Run with --expose-gc. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type RecipeDraft, trainRun } from '../src/node.ts'

/** Bytes held: by the whole process, by JavaScript objects, and by what they own outside the heap. */
export interface Held {
  readonly step: number
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
}

async function held(step: number): Promise<Held> {
  // Twice, with a turn of the event loop between, so that finalizers of native objects have run.
  for (let i = 0; i < 2; i++) {
    globalThis.gc?.()
    await sleep(50)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { step, rss, heapUsed, external }
}

const [, , recipe, warm, out] = process.argv
const draft = JSON.parse(recipe) as RecipeDraft
const samples: Held[] = []
let last = 0
for await (const event of trainRun(draft, { out })) {
  if (event.kind !== 'step') continue
  last = event.step
  if (last === Number(warm)) samples.push(await held(last))
}
samples.push(await held(last))
console.log(JSON.stringify(samples))
