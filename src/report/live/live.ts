/** What runs in every written page; scripts/explorer.mjs bundles it into live.packed.ts. */
import { offerDownloads } from './downloads.ts'
import { followPointers } from './pointer.ts'

// What every page needs comes first, so that a chart that cannot be followed takes nothing else with it.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true
})
offerDownloads()
followPointers()
