import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { BetavaeError } from '../../inside.node.ts'

const require = createRequire(import.meta.url)

/** Files of ONNX Runtime that the page asks for below `ort/`: for WebAssembly, and for WebGPU. */
const RUNTIME = [
  'ort-wasm-simd-threaded.mjs',
  'ort-wasm-simd-threaded.wasm',
  'ort-wasm-simd-threaded.asyncify.mjs',
  'ort-wasm-simd-threaded.asyncify.wasm',
] as const

/** The folder of the built page. Error `studio/not-built`. */
export function pageFolder(): string {
  const folder = join(dirname(require.resolve('betavae/package.json')), 'dist', 'studio')
  if (existsSync(join(folder, 'index.html'))) return folder
  throw new BetavaeError({
    code: 'studio/not-built',
    seen: 'a package without dist/studio/index.html',
    wanted: 'the built page',
    fix: 'run npm run build',
  })
}

/** Where ONNX Runtime's files lie, by the name that the page has for each. */
export const runtimeFiles = (): ReadonlyMap<string, string> =>
  new Map(RUNTIME.map((name) => [name, require.resolve(`onnxruntime-web/${name}`)]))
