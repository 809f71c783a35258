/** The webgpu engine of Node.js, on a GPU that Chromium's SwiftShader computes. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { nodeEngines, openEngine } from '../../src/inside.node.ts'
import { distanceFromNative, draft, STEPS, TOLERANCE } from '../digits-course.ts'
import { lacks } from '../outside.ts'
import { swiftshader, swiftshaderFolder } from './swiftshader.ts'
import type { Course } from './training.child.ts'

const folder = swiftshaderFolder()
const words = 'Chromium with its SwiftShader: apt-get install chromium'
const gpuTest = test.skipIf(lacks('chromium', { found: () => folder !== undefined, words, files: [] }))

/** What a module beside this one prints, in a process that finds SwiftShader from its start on. */
async function onSwiftshader<T>(module: string, ...words: string[]): Promise<T> {
  await using environment = await swiftshader(folder!)
  const path = fileURLToPath(new URL(module, import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path, ...words],
    { env: environment.env, maxBuffer: 2 ** 26 },
  )
  return JSON.parse(stdout)
}

gpuTest(
  'it conforms',
  async () => {
    const { engine, checks, failures } = await onSwiftshader<{
      engine: string
      checks: number
      failures: string[]
    }>('conformance.child.ts')
    expect(engine).toMatch(/^ONNX Runtime [\d.]+, WebGPU$/)
    expect(checks).toBeGreaterThan(80)
    expect(failures).toEqual([])
  },
  300_000,
)

gpuTest(
  'the resident step goes along the native loss curve, and on from a checkpoint to the same bits',
  async () => {
    const course = await onSwiftshader<Course>('training.child.ts', JSON.stringify(draft), String(STEPS / 2))
    expect(course.losses).toHaveLength(STEPS)
    expect(await distanceFromNative(course.losses)).toBeLessThan(TOLERANCE)
    expect(course.losses.at(-1)).toBeLessThan(0.9 * course.losses[0])
    expect(course.resumedDigest).toBe(course.digest)
  },
  300_000,
)

test('without a GPU it is refused with the reason, and auto never asks for one', async () => {
  const env = { ...process.env, VK_ICD_FILENAMES: '/nowhere.json', VK_DRIVER_FILES: '/nowhere.json' }
  const said = await promisify(execFile)(
    process.execPath,
    ['src/apps/cli/main.ts', 'train', 'digits', '--steps', '1', '--engine', 'webgpu', '--out', 'no-such/run'],
    { env },
  ).catch((error: { stderr: string; code: number }) => error)
  expect(said).toMatchObject({ code: 1 })
  expect(said.stderr).toMatch(/WebGPU does not start here \(.+\).*--engine native.*\[engine\/unavailable\]/s)
  expect(said.stderr).not.toMatch(/Warning:|dawn/)
  const { skipped } = await openEngine(nodeEngines, 'auto')
  expect(skipped).toEqual([])
})
