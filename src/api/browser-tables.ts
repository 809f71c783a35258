import { openTableBytes } from '../data/tables/open-table-bytes.ts'
import { browserModels } from './browser.ts'
import { fetchedBytes } from './fetched.ts'
import type { OpeningPlatform } from './platform.ts'

/** What a page or a worker needs to open models of tables, too; a page that has none leaves their readers out. */
export const browserOpening: OpeningPlatform = {
  ...browserModels,
  openTable: async (place) => openTableBytes(place, await fetchedBytes(place)),
}
