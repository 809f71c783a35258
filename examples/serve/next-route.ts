/**
 * Rows scored by a route of Next.js: `app/score/route.ts`. Next leaves what is native to Node.js with
 * `serverExternalPackages: ['betavae', 'onnxruntime-node']` in `next.config.ts`.
 */
import { BetavaeError, openTableModel, type TableModel } from 'betavae'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

let opened: Promise<TableModel> | undefined

/** Opened by the first request; a server that is built has no run beside it. */
function model(): Promise<TableModel> {
  opened ??= openTableModel(process.env.BETAVAE_MODEL ?? 'model.safetensors', { worker: true })
  return opened
}

export async function POST(request: Request): Promise<Response> {
  try {
    const rows: object[] = await request.json()
    return Response.json(await (await model()).score(rows))
  } catch (error) {
    if (!(error instanceof BetavaeError)) throw error
    const { code, seen, wanted, fix } = error
    return Response.json({ code, seen, wanted, fix }, { status: 422 })
  }
}
