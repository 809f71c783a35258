/** What pages of tables run before the player: how numbers become cells; scripts/explorer.mjs bundles it into rows.packed.ts. */
import { rowDecoder } from '../../../data/tables/encode.ts'
import { READ_ROWS } from '../contents.ts'

Object.assign(globalThis, { [READ_ROWS]: rowDecoder })
