/**
 * `betavae/tables` in Node.js: the same, and tables in files.
 *
 * @module betavae/tables
 */
export { type OpenTableOptions, openTable } from '../data/tables/node/open-table.ts'
export * from './tables.ts'
