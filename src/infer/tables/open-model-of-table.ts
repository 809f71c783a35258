import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine } from '../../engine/engine.ts'
import type { ModelParts } from '../model-parts.ts'
import { type ChunkModel, type ChunkModelOptions, openChunkModel } from './chunk-model.ts'
import { openWindowModel } from './windows/window-model.ts'

/** Opens a trained model of a table, of its rows or of windows of them. Errors of its methods: those of `rowEncoder`. */
export function openModelOfTable(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  options: ChunkModelOptions = {},
): Promise<ChunkModel> {
  if (!options.windows) return openChunkModel(engine, parts, schema, options)
  return openWindowModel(engine, parts, schema, options.windows, options)
}
