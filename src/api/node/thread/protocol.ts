import type { CrossedError } from '../../../base/crossing.ts'
import type { PartRecord } from '../../../base/parts.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Model } from '../../../infer/model.ts'
import type { ModelParts } from '../../../infer/model-parts.ts'
import type { ChunkModelOptions } from '../../../infer/tables/chunk-model.ts'

/** What a thread opens; plain data. */
export interface ThreadTask {
  readonly parts: ModelParts
  /** Parts that users brought, which the thread imports afresh. */
  readonly brought?: readonly PartRecord[]
  readonly engine: { readonly name: string; readonly threads?: number }
  /** There where rows of a table are asked about, and not arrays. */
  readonly table?: { readonly schema: TableSchema; readonly options: ChunkModelOptions }
}

/** What a model says of itself without being asked. */
export type ModelFacts = Pick<
  Model,
  'exampleShape' | 'latent' | 'stochastic' | 'condition' | 'hasPrior' | 'samplesFrom' | 'engine'
>

/** A call of a method; its options come without their signal. */
export interface Question {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
  readonly options: object
}

export type ToThread = Question | { readonly abort: number } | 'end'

/** The first answer, of id 0, is that the model is open. */
export type Answer = { readonly id: number } & ({ readonly value: unknown } | CrossedError)
