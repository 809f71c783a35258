import { release } from '../../../base/arrays.ts'
import { BetavaeError } from '../../../base/errors.ts'
import type { TableChunk } from '../../../data/tables/cell.ts'
import { rowCount } from '../../../data/tables/chunk-columns.ts'
import type { ChunkModel, LiveScorer, RowScores } from '../../../infer/tables/chunk-model.ts'
import type { EncodedScores } from '../../../infer/tables/score.ts'
import type { ScoredChunk } from '../../../infer/tables/scoring-stream.ts'
import { type ModelThread, THREAD_ENDED } from '../thread/model-thread.ts'

/** Rows from which on a second thread helps: it takes about as long to open its model as these take to be scored. */
const MANY = 20_000
/** Chunks that the thread has at a time, at most, and that wait until those before them are done. */
const ASKED = 3
const WAITING = 4

/** What is asked of a thread. */
type ScoringThread = Pick<ModelThread, 'opened' | 'ask' | 'end'>

interface Scoring {
  readonly signal: AbortSignal
  /** A thread that scores encoded rows as the model does; without one, and once it has ended, all is done here. */
  readonly thread?: () => ScoringThread
  readonly many?: number
}

/**
 * Scores chunks, which come out in their order: of a large table mostly in a second thread, while this one reads and
 * writes. What comes out is the same to the bit.
 */
export async function* scoredChunks(
  model: ChunkModel,
  chunks: AsyncIterable<TableChunk>,
  { signal, thread, many = MANY }: Scoring,
): AsyncGenerator<ScoredChunk> {
  using beside = new Beside(thread)
  const waiting: Promise<ScoredChunk>[] = []
  const next = async (): Promise<ScoredChunk> => {
    try {
      return await (waiting.shift() as Promise<ScoredChunk>)
    } catch (error) {
      waiting.length = 0
      throw error
    }
  }
  let rows = 0
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted()
      if (rows >= many && !beside.isBegun) beside.start()
      rows += rowCount(chunk)
      const isAsked = beside.isFree
      const scores = isAsked ? besideOrHere(model, beside, chunk, signal) : model.score(chunk, { signal })
      const scored = scores.then((own) => ({ chunk, scores: own }))
      waiting.push(scored)
      // Who takes it gets the error. What is done here is done before more is read.
      const settled = scored.catch(() => undefined)
      if (!isAsked) await settled
      while (waiting.length > (beside.isOpen ? WAITING : 0)) yield* told(await next())
    }
  } catch (error) {
    // What was read before something went wrong is told.
    while (waiting.length > 0) yield* told(await next())
    throw error
  }
  while (waiting.length > 0) yield* told(await next())
}

/** Scores chunks of rows of which each hangs on those before it. */
export async function* scoredInTurn(
  live: LiveScorer,
  chunks: AsyncIterable<TableChunk>,
  signal: AbortSignal,
): AsyncGenerator<ScoredChunk> {
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    yield* told({ chunk, scores: await live.score(chunk, { signal }) })
  }
}

/** Scored in the thread, or here where that ends by itself. */
async function besideOrHere(
  model: ChunkModel,
  beside: Beside,
  chunk: TableChunk,
  signal: AbortSignal,
): Promise<RowScores> {
  try {
    return await model.scoreBy(chunk, (own) => beside.score(own, signal))
  } catch (error) {
    if (!hasEnded(error)) throw error
    return model.score(chunk, { signal })
  }
}

/** A chunk whose scores are gone when the next is asked for: else those of many would lie about until collected. */
function* told(scored: ScoredChunk): Generator<ScoredChunk> {
  yield scored
  for (const part of Object.values(scored.scores)) if (ArrayBuffer.isView(part)) release(part.buffer)
}

const hasEnded = (error: unknown): boolean => error instanceof BetavaeError && error.code === THREAD_ENDED

/** A thread that is opened once it is worth while. */
class Beside implements Disposable {
  #begin: (() => ScoringThread) | undefined
  #thread: ScoringThread | undefined
  #isOpen = false
  #asked = 0

  constructor(begin: (() => ScoringThread) | undefined) {
    this.#begin = begin
  }

  /** Has it opened, while all goes on here; where that cannot be, all stays here. */
  start(): void {
    const begin = this.#begin
    this.#begin = undefined
    try {
      this.#thread = begin?.()
    } catch {
      // Parts that were given in code cannot cross into a thread.
    }
    this.#thread?.opened().then(
      () => {
        this.#isOpen = true
      },
      () => undefined,
    )
  }

  get isBegun(): boolean {
    return this.#begin === undefined
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get isFree(): boolean {
    return this.#isOpen && this.#asked < ASKED
  }

  async score(rows: Float32Array, signal: AbortSignal): Promise<EncodedScores> {
    this.#asked++
    try {
      return await (this.#thread as ScoringThread).ask<EncodedScores>('scoreEncoded', [rows], { signal })
    } catch (error) {
      if (hasEnded(error)) this.#isOpen = false
      throw error
    } finally {
      this.#asked--
      release(rows.buffer)
    }
  }

  [Symbol.dispose](): void {
    this.#thread?.end()
  }
}
