/** Rows scored by a Fastify app. The model computes in a thread of its own, so that no other request waits for it. */
import { BetavaeError, type TableModel } from 'betavae'
import fastify, { type FastifyInstance } from 'fastify'

/** `model` is what `openTableModel('runs/table-1', { worker: true })` gives. */
export function appOf(model: TableModel): FastifyInstance {
  const app = fastify({ bodyLimit: 2 ** 20 })
  app.post<{ Body: object[] }>('/score', ({ body }) => model.score(body))
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof BetavaeError)) throw error
    const { code, seen, wanted, fix } = error
    return reply.status(422).type('application/problem+json').send({ code, seen, wanted, fix })
  })
  return app
}
