/** What runs in every written page; scripts/explorer.mjs bundles it into live.packed.ts. */
import { offerDownloads } from './downloads.ts'
import { followPointers } from './pointer.ts'

followPointers()
offerDownloads()
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true
})
