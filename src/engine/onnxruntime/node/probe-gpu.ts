import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { fail } from '../../../base/errors.ts'
import { lower } from '../../../graph/onnx/lower.ts'
import { input } from '../../../graph/ops/input.ts'
import { mul } from '../../../graph/ops/mul.ts'
import { program } from '../../../graph/program.ts'

/** A driver that has not answered by then will not. */
const MILLISECONDS = 60_000

/**
 * Has another process square a number on the GPU; rejects with `engine/unavailable` and the reason where that fails.
 *
 * In this process a driver that breaks would end it, and one that is missing would write to stderr as it likes.
 */
export async function probeGpu(): Promise<void> {
  const x = input('x', [2])
  const model = Buffer.from(lower(program('probe', { y: mul(x, x) }))).toString('base64')
  try {
    await promisify(execFile)(process.execPath, ['--eval', attempt, location(), model], {
      timeout: MILLISECONDS,
    })
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string }
    refuseGpu(reasonIn(stderr), cause)
  }
}

const location = (): string => createRequire(import.meta.url).resolve('onnxruntime-node')

const attempt = `
const [, location, model] = process.argv
const ort = require(location)
ort.InferenceSession.create(Buffer.from(model, 'base64'), { executionProviders: ['webgpu'], logSeverityLevel: 4 })
  .then((session) => session.run({ x: new ort.Tensor('float32', Float32Array.of(3, -2), [2]) }))
  .then(({ y }) => {
    if (y.data[0] !== 9 || y.data[1] !== 4) throw new Error('the GPU squares wrongly: ' + y.data)
    process.exit(0)
  })
  .catch(({ message }) => {
    process.stderr.write('\\nREASON ' + message.replace(/\\s+/g, ' ') + '\\n', () => process.exit(1))
  })
`

/** What the attempt said itself, else what the driver did. */
function reasonIn(stderr: string): string {
  const [, said] = /^REASON (.*)$/m.exec(stderr) ?? []
  const [driver] = /libvulkan\.so\S*: cannot open.*/.exec(stderr) ?? []
  return driver ?? said?.replace(/^.*was false\. /, '').trim() ?? 'the attempt ended without a word'
}

const refuseGpu = (why: string, cause: unknown): never =>
  fail({
    code: 'engine/unavailable',
    seen: `WebGPU does not start here (${why})`,
    wanted: 'a GPU with a driver for Vulkan, Metal or Direct3D 12',
    fix: 'install the driver (on Linux with libvulkan1), or take --engine native',
    cause,
  })
