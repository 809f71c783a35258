/** All that a Parquet file is read with, which a page loads when it meets one. */
export { ARROW_SCHEMA, arrowHints } from './arrow-hints.ts'
export { parquetColumns } from './parquet-columns.ts'
export { columnReader } from './parquet-values.ts'
