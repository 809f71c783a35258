import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { largeFile } from '../large-files.ts'
import { openPeer } from './peer.ts'

interface DuckDb {
  readonly DuckDBInstance: typeof DuckDBInstance
}

/** What a query may hold in memory; what is more goes to a folder that is removed again. */
const MEMORY = '384MB'

/** A connection, and the way to let everything go that it holds. */
export interface OpenedDuckDb {
  readonly connection: DuckDBConnection
  close(): Promise<void>
}

/** Opens a DuckDB file, or `:memory:`, with room of its own for what memory does not hold. Error: `peer/missing`. */
export async function openDuckDb(
  place: string,
  options: Readonly<Record<string, string>> = {},
): Promise<OpenedDuckDb> {
  const { DuckDBInstance } = await openPeer<DuckDb>(
    '@duckdb/node-api',
    'reads and writes DuckDB and runs queries on files',
  )
  const { path: folder, remove } = largeFile('duckdb')
  try {
    const instance = await DuckDBInstance.create(place, {
      ...{ memory_limit: MEMORY, temp_directory: folder, autoinstall_known_extensions: 'false' },
      ...options,
    })
    const connection = await instance.connect()
    return {
      connection,
      async close() {
        connection.closeSync()
        instance.closeSync()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}
