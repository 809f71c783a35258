import { spawnSync } from 'node:child_process'

/** What most of these tests import. */
const PACKAGES = ['numpy', 'onnxruntime', 'safetensors']

/** A Python that has what a test imports: BETAVAE_PYTHON where that is set, else `python3` from the PATH. */
export function findPython(packages: readonly string[] = PACKAGES): string | undefined {
  const python = process.env.BETAVAE_PYTHON || 'python3'
  const { status } = spawnSync(python, ['-c', `import ${packages.join(', ')}`], { stdio: 'ignore' })
  return status === 0 ? python : undefined
}

export const MISSING = `no Python with ${PACKAGES.join(', ')}: install them, or set BETAVAE_PYTHON`

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
