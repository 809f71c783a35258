/** Makes one file of a model, the function that answers for it, and ONNX Runtime's WebAssembly: no package, no native part. */
import { resolve } from 'node:path'
import { build } from 'esbuild'

/** Writes the bundle; `alias` says where `betavae/browser` is where it is not installed. */
export async function bundle(
  weights: string,
  outfile: string,
  alias: Record<string, string> = {},
): Promise<void> {
  await build({
    stdin: {
      contents: `import { functionOf } from './function.ts'
import runtime from 'onnxruntime-web/ort-wasm-simd-threaded.wasm'
import weights from ${JSON.stringify(resolve(weights))}
export default functionOf(weights, runtime)`,
      resolveDir: import.meta.dirname,
    },
    ...{
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      logLevel: 'error',
      alias,
    },
    loader: { '.wasm': 'binary', '.safetensors': 'binary' },
  })
}

const [weights, outfile = 'function.mjs'] = process.argv.slice(2)
if (weights !== undefined && process.argv[1] === import.meta.filename) await bundle(weights, outfile)
