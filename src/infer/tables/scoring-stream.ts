import type { TableChunk } from '../../data/tables/cell.ts'
import type { ChunkModel, RowScores } from './chunk-model.ts'

/** Rows with what they cost. */
export interface ScoredChunk {
  readonly chunk: TableChunk
  readonly scores: RowScores
}

/** Scores rows as they come, a chunk at a time: what reads slowly holds back what writes. */
export const scoringStream = (model: ChunkModel): TransformStream<TableChunk, ScoredChunk> =>
  new TransformStream({
    async transform(chunk, controller) {
      controller.enqueue({ chunk, scores: await model.score(chunk) })
    },
  })
