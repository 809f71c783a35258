/**
 * `betavae/tables` in Node.js: the same, and tables in files.
 *
 * @module betavae/tables
 */
export {
  type OutputRows,
  type OutputTarget,
  type TableOutput,
  tableOutput,
} from '../api/node/tables/output.ts'
export { type OpenTableOptions, openTable } from '../data/tables/node/open-table.ts'
export * from './tables.ts'
