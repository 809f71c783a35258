/** A function for clouds that take one file and no native part: `bundle.ts` puts a model and ONNX Runtime's WebAssembly beside it. */
import { BetavaeError, openTableModel } from 'betavae/browser'
import { env } from 'onnxruntime-web/wasm'

/** What answers a `Request` with a `Response`, as most such clouds call it. */
export function functionOf(weights: Uint8Array, runtime: Uint8Array) {
  env.wasm.wasmBinary = runtime
  // Opened while the function starts, so that the first request waits for it no longer than it must.
  const model = openTableModel(weights)
  model.catch(() => undefined)
  return {
    async fetch(request: Request): Promise<Response> {
      try {
        const rows: object[] = await request.json()
        return Response.json(await (await model).score(rows))
      } catch (error) {
        if (error instanceof BetavaeError) return Response.json(problemOf(error), { status: 422 })
        return Response.json({ detail: 'no JSON' }, { status: 400 })
      }
    },
  }
}

const problemOf = ({ code, seen, wanted, fix }: BetavaeError) => ({ code, seen, wanted, fix })
