/** Trains into a run directory and prints what memory it held after some of the steps. Run with --expose-gc. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type RecipeDraft, trainRun } from '../src/inside.node.ts'

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

const [, , recipe, out, ...steps] = process.argv
const wanted = new Set(steps.map(Number))
const samples: Held[] = []
for await (const event of trainRun(JSON.parse(recipe) as RecipeDraft, { out }))
  if (event.kind === 'step' && wanted.has(event.step)) samples.push(await held(event.step))
console.log(JSON.stringify(samples))
