import { fileURLToPath } from 'node:url'
import { fail } from '../../../base/errors.ts'

/** Fails with why onnxruntime-node does not load, and the one command that brings it. */
export function refuseNative(cause: unknown): never {
  const { code, message } =
    cause instanceof Error ? (cause as NodeJS.ErrnoException) : { code: '', message: String(cause) }
  const [line] = message.split('\n')
  const isMissing = /^(ERR_)?MODULE_NOT_FOUND$/.test(code ?? '')
  const refuse = (seen: string, fix: string): never =>
    fail({
      code: 'engine/unavailable',
      seen,
      wanted: 'the optional package onnxruntime-node, built for this platform',
      fix,
      cause,
    })
  if (isMissing && /package 'onnxruntime-node'/.test(line))
    // Its install step fetches CUDA libraries; what a CPU needs is in the package.
    return refuse(
      'onnxruntime-node is not installed; npm leaves it out without a word where its install step cannot download CUDA libraries, which nothing here needs',
      `run ${bringing(fileURLToPath(import.meta.url))}, or take --engine wasm`,
    )
  if (isMissing && /onnxruntime_binding/.test(line))
    return refuse(
      `onnxruntime-node has no build for ${process.platform} ${process.arch}`,
      'take --engine wasm, or another machine',
    )
  return refuse(
    `onnxruntime-node does not load (${line})`,
    'remove node_modules and install on this machine, or take --engine wasm',
  )
}

/** The command that brings an optional package left out, without its install step, for a package at `path`. */
export function bringing(path: string): string {
  const folders = path.split(/[\\/]/)
  if (folders.includes('.pnpm')) return 'pnpm install --force --ignore-scripts'
  if (folders.includes('_npx')) return 'npm install betavae --ignore-scripts here, which npx then takes'
  const at = folders.indexOf('node_modules')
  // Unix and Windows keep global packages in <prefix>/lib/node_modules and %AppData%\npm\node_modules.
  const isGlobal = at > 0 && ['lib', 'npm'].includes(folders[at - 1])
  return isGlobal
    ? 'npm install --global betavae --ignore-scripts'
    : 'npm install --include=optional --ignore-scripts'
}
