/** An endpoint that says how unusual rows are. The model computes in a thread of its own, so that no request waits. */
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { BetavaeError, openTableModel, save, trainTable } from 'betavae'

const readings = Array.from({ length: 500 }, (_, i) => {
  const load = (i * 7) % 50
  return { load, heat: 20 + load / 2 + Math.sin(i), fan: load > 25 ? 'fast' : 'slow' }
})
const trained = await trainTable(readings, { training: { steps: 400, seed: 1 } })
const model = await openTableModel(save(trained), { worker: true, unseen: 'error' })
trained.dispose()

/** Takes rows in JSON or CSV, and answers with what each costs and why. */
export const server = createServer(async (request, response) => {
  try {
    response.end(JSON.stringify(await model.score(await text(request), { falseAlarm: 0.05 })))
  } catch (error) {
    response.writeHead(error instanceof BetavaeError ? 400 : 500).end(`${error}`)
  }
})
server.on('close', () => model.dispose())
