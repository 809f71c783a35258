/** What a server leaves behind: nothing that keeps the process, nothing that a signal keeps. */
import { getEventListeners, once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { start } from '../../src/apps/cli/running.testing.ts'
import { ServedModel } from '../../src/inside.node.ts'
import { rows, served, trainedPlaces } from './harness.ts'

const places = await trainedPlaces()
afterAll(() => places[Symbol.asyncDispose]())

const opened = () =>
  new ServedModel({
    ...{ place: places.table, name: 'table', parts: [], threads: 1, mostRows: 10, unseen: 'missing' },
    limits: { mostWaiting: 10, patience: 10_000 },
    batch: () => undefined,
    log: () => undefined,
  })

test('an error at start ends the command, whatever else is being opened', async () => {
  const server = start(places.folder, ['serve', `ok=${places.table}`, 'bad=nowhere', '--port', '0'])
  const { code, err } = await server.ended
  expect([code, err]).toEqual([2, expect.stringContaining('open/missing')])
}, 20_000)

test('what is ended while it is opened does not take over', async () => {
  const model = opened()
  const loaded = model.load()
  setTimeout(() => model.end(), 50)
  expect([await loaded, model.isOpen]).toEqual([false, false])
})

test('a signal hears of a request until it is answered, and one that fired of none', async () => {
  const model = opened()
  await model.load()
  const left = new AbortController()
  const request = {
    operation: 'score',
    options: { causes: 0 },
    alike: '',
    takes: 'json',
    gives: 'json',
    first: 0,
    bytes: new TextEncoder().encode(JSON.stringify(rows.slice(0, 2))),
    signal: left.signal,
  } as const
  const answer = model.current.ask(request)
  expect(getEventListeners(left.signal, 'abort')).toHaveLength(1)
  expect((await answer).status).toBe(200)
  expect(getEventListeners(left.signal, 'abort')).toHaveLength(0)
  left.abort()
  await expect(model.current.ask(request)).rejects.toMatchObject({ code: 'serve/gone' })
  model.end()
  await expect(model.current.ask({ ...request, signal: undefined })).rejects.toMatchObject({
    code: 'serve/stopping',
  })
})

test('a connection on which nothing was asked does not hold a stop', async () => {
  const server = await served({ table: places.table }, { grace: 1e6 })
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => undefined)
  await once(socket, 'connect')
  await server[Symbol.asyncDispose]()
  socket.destroy()
})
