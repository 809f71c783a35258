/** Counts what runs in a process that a test starts: NODE_OPTIONS has every Node.js load this first. */
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const { countedPath, instrumented, startCounting } = await import('./counting.ts')
const { leave } = startCounting()
process.once('exit', leave)
registerHooks({
  load(url, context, next) {
    const path = url.startsWith('file:') ? countedPath(fileURLToPath(url)) : undefined
    if (path === undefined) return next(url, context)
    return { format: 'module-typescript', source: instrumented(path).code, shortCircuit: true }
  },
})
