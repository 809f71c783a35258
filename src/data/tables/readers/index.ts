import { arrow } from './arrow.ts'
import { csv } from './csv.ts'
import { excel } from './excel.ts'
import { json } from './json.ts'
import { jsonLines } from './json-lines.ts'
import { parquet } from './parquet.ts'
import type { TableReader } from './reader.ts'

/** Every format of tables; of those that know a file by its first bytes, the first is taken. */
export const readers: readonly TableReader[] = [parquet, arrow, excel, jsonLines, json, csv]
