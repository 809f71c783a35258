/** Rows scored by an Express app. The model computes in a thread of its own, so that no other request waits for it. */
import { BetavaeError, type TableModel } from 'betavae'
import express, { type ErrorRequestHandler, type Express } from 'express'

/** `model` is what `openTableModel('runs/table-1', { worker: true })` gives. */
export function appOf(model: TableModel): Express {
  const app = express()
  app.use(express.json({ limit: '1mb' }))
  app.post('/score', async (request, response) => {
    response.json(await model.score(request.body))
  })
  app.use(refuse)
  return app
}

const refuse: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof BetavaeError)) return next(error)
  const { code, seen, wanted, fix } = error
  response.status(422).type('application/problem+json').json({ code, seen, wanted, fix })
}
