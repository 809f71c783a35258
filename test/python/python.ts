import { spawnSync } from 'node:child_process'
import { lacks } from '../outside.ts'

/** What most of these tests import. */
const PACKAGES = ['numpy', 'onnxruntime', 'safetensors']

/**
 * A Python that has what a test imports: BETAVAE_PYTHON where that is set, else `python3` from the PATH. Without one
 * tests are left out, or fail in CI.
 */
export function findPython(
  packages: readonly string[] = PACKAGES,
  brought: readonly string[] = packages,
): string | undefined {
  const python = process.env.BETAVAE_PYTHON || 'python3'
  const { status } = spawnSync(python, ['-c', `import ${packages.join(', ')}`], { stdio: 'ignore' })
  const words = `Python with ${brought.join(', ')}, or BETAVAE_PYTHON for one that has them`
  return lacks('python', { found: () => status === 0, words, files: [] }) ? undefined : python
}

/** Runs Python in a folder and gives what it prints, read as JSON. Throws what it says where it fails. */
export function runPython(python: string, folder: string, args: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(python, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`python ended with ${status}:\n${stderr}`)
  return JSON.parse(stdout)
}
