/** A second thread scores what this one would, to the bit and in order. */
import { expect, test } from 'vitest'
import { BetavaeError } from '../../../base/errors.ts'
import type { TableChunk } from '../../../data/tables/cell.ts'
import { type ChunkModel, openChunkModel } from '../../../infer/tables/chunk-model.ts'
import { nodeEngines, openEngine, trainTable } from '../../../inside.node.ts'
import { modelParts } from '../../../recipe/trained.ts'
import { madeOf } from '../../made-of.ts'
import { trainedIn } from '../../trained-in.ts'
import { THREAD_ENDED } from '../thread/model-thread.ts'
import { tableThread } from '../thread/model-threads.ts'
import { scoredChunks } from './scored-chunks.ts'

const SIZE = 20
const COUNT = 12
const rows = Array.from({ length: SIZE * COUNT }, (_, i) => [
  Math.sin(i),
  i % 3 === 0 ? null : Math.cos(i),
  i % 2 ? 'x' : 'y',
])
const columns = ['a', 'b', 'c']
const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
using trained = await trainTable({ columns, rows }, { training: { steps: 5 } }, { engine })
const parts = modelParts(await trainedIn(madeOf(trained).found))
const model = await openChunkModel(engine, parts, trained.schema, { unseen: 'error' })
/** When the thread that was begun last is at work. */
let isOpen: Promise<unknown> | undefined
function thread() {
  const begun = tableThread(parts, trained.schema, { engine: { name: 'native', threads: 1 } })
  isOpen = begun.ask('scoreEncoded', [model.encode({ columns, first: 0, rows })])
  return begun
}
const signal = new AbortController().signal

/** Chunks of which the third waits until a thread that was begun is at work. */
async function* chunks(wrong = -1, torn = -1): AsyncGenerator<TableChunk> {
  for (let at = 0; at < COUNT; at++) {
    if (at === torn) throw new Error('torn')
    if (at === 2) await isOpen
    const own = rows.slice(at * SIZE, (at + 1) * SIZE)
    yield { columns, first: at * SIZE, rows: at === wrong ? [['many', 1, 'x'], ...own.slice(1)] : own }
  }
}

/** The model, which counts what it is asked in this thread. */
function counted(): { readonly model: ChunkModel; readonly asked: () => number } {
  let asked = 0
  const score: ChunkModel['score'] = (chunk, options) => {
    asked++
    return model.score(chunk, options)
  }
  return { model: { ...model, score }, asked: () => asked }
}

/** What is said of each row, and why it ended before the last. */
async function toldOf(
  own: ChunkModel,
  given: AsyncIterable<TableChunk>,
  many: number,
  begin: Parameters<typeof scoredChunks>[2]['thread'] = thread,
) {
  const told: unknown[] = []
  try {
    for await (const { chunk, scores } of scoredChunks(own, given, { signal, thread: begin, many }))
      for (let row = 0; row < SIZE; row++)
        told.push([chunk.first + row, scores.score[row], scores.kl[row], scores.expected(row, 1)])
  } catch (error) {
    return { told, error }
  }
  return { told }
}

test('the same to the bit and in order; what goes wrong ends it where it stands', async () => {
  const here = counted()
  const usual = await toldOf(here.model, chunks(), Number.POSITIVE_INFINITY)
  expect(here.asked()).toBe(COUNT)
  const shared = counted()
  expect(await toldOf(shared.model, chunks(), 0)).toEqual(usual)
  expect(shared.asked()).toBeLessThan(COUNT)
  expect(await toldOf(model, chunks(8), 0)).toEqual({
    told: usual.told.slice(0, 8 * SIZE),
    error: expect.objectContaining({ code: 'table/cell' }),
  })
  expect(await toldOf(model, chunks(-1, 9), 0)).toEqual({
    told: usual.told.slice(0, 9 * SIZE),
    error: new Error('torn'),
  })
}, 60_000)

test('what a thread leaves that ends by itself is scored here', async () => {
  const usual = await toldOf(model, chunks(), Number.POSITIVE_INFINITY)
  let asked = 0
  let isEnded = false
  const ending = () => {
    const begun = thread()
    const ask: typeof begun.ask = async (...given) => {
      if (++asked > 3)
        throw new BetavaeError({
          code: THREAD_ENDED,
          seen: 'a thread',
          wanted: 'one that answers',
          fix: 'again',
        })
      return begun.ask(...given)
    }
    const end = () => {
      isEnded = true
      begun.end()
    }
    return { ask, end, opened: <Facts>() => begun.opened<Facts>() }
  }
  expect(await toldOf(model, chunks(), 0, ending)).toEqual(usual)
  expect(asked).toBeGreaterThan(3)
  expect(isEnded).toBe(true)
}, 60_000)
