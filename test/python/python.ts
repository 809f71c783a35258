import { spawnSync } from 'node:child_process'

const PACKAGES = ['numpy', 'onnxruntime', 'safetensors']

/** A Python that has what these tests import: BETAVAE_PYTHON where that is set, else `python3` from the PATH. */
export function findPython({ BETAVAE_PYTHON }: NodeJS.ProcessEnv = process.env): string | undefined {
  const python = BETAVAE_PYTHON || 'python3'
  const { status } = spawnSync(python, ['-c', `import ${PACKAGES.join(', ')}`], { stdio: 'ignore' })
  return status === 0 ? python : undefined
}

export const MISSING = `no Python with ${PACKAGES.join(', ')}: install them, or set BETAVAE_PYTHON`

/** Runs Python in a folder and gives what it prints, read as JSON. Throws what it says where it fails. */
export function runPython(python: string, folder: string, args: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(python, args, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`python ended with ${status}:\n${stderr}`)
  return JSON.parse(stdout)
}
