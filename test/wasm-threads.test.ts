/** WebAssembly in Node.js uses the cores there are, and how many does not show in what comes out. */
import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const child = fileURLToPath(new URL('wasm-threads.child.ts', import.meta.url))

/** Trains in a process of its own, since threads are started once in each. */
async function trainedOn(
  options: { threads?: number },
  nodeOptions: string[] = [],
): Promise<{ engine: string; digest: string }> {
  const words = ['--disable-warning=ExperimentalWarning', ...nodeOptions, child, JSON.stringify(options)]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  return JSON.parse(stdout)
}

test('a training comes to the same bits on one, two and three threads', async () => {
  const one = await trainedOn({ threads: 1 })
  expect(one.engine).toMatch(/WebAssembly, 1 thread$/)
  for (const threads of [2, 3]) {
    const { engine, digest } = await trainedOn({ threads })
    expect(engine).toMatch(new RegExp(`WebAssembly, ${threads} threads$`))
    expect(digest).toBe(one.digest)
  }
}, 120_000)

test('each core has a thread, up to four, also where Node.js has no navigator, as 20 has not', async () => {
  const threads = Math.min(availableParallelism(), 4)
  const { engine } = await trainedOn({}, ['--no-experimental-global-navigator'])
  expect(engine).toMatch(new RegExp(`WebAssembly, ${threads} threads?$`))
})
