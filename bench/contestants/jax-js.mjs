import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { jaxTraining } from './jax-training.mjs'
import { contest, peers } from './process.ts'

/** jax-js in Node.js, where its threads do not start: they want Web Workers; over an adapter two were slower than none. */
await contest(async (job) => {
  const entry = new URL('index.js', pathToFileURL(peers.resolve('@jax-js/jax')))
  const { version } = JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8'))
  return { ...(await jaxTraining(await import(entry.href), job)), version, note: 'jit, 1 thread' }
})
