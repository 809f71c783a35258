import { fail } from '../../base/errors.ts'

/** How ONNX Runtime begins where it could not start itself, whatever the model. */
const NOT_STARTED = /^no available backend found\. ERR: (.*)/s

/** What loading a model comes to; fails with `engine/runtime-files` where ONNX Runtime did not find its own files. */
export const withRuntimeFiles = <T>(loading: Promise<T>): Promise<T> =>
  loading.catch((cause: unknown) => {
    const [, why] = NOT_STARTED.exec(cause instanceof Error ? cause.message : '') ?? []
    if (why === undefined) throw cause
    return fail({
      code: 'engine/runtime-files',
      seen: `ONNX Runtime did not start (${why.split('\n')[0].replace(/^\[\w+\] /, '')})`,
      wanted: 'its .wasm and .mjs files where the page looks for them',
      fix: 'copy node_modules/onnxruntime-web/dist/ort-wasm-* to where they are served, and say where: { wasmPaths: "/ort/" } to train, open or openEngine',
      cause,
    })
  })
