import { jsonLines } from './json-lines.ts'
import { parquet } from './parquet.ts'
import { csv, tsv } from './separated.ts'
import type { TableWriter } from './writer.ts'

/** Every format that tables are written in. */
export const writers: readonly TableWriter[] = [csv, tsv, jsonLines, parquet]
