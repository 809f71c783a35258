import { modelDigest, openRunModel } from '../../../inside.node.ts'
import { openDataFor } from '../model/data.ts'
import { type PerRow, sheetsOf, writeSheets } from '../model/sheets-of-rows.ts'
import type { Values } from '../options.ts'
import { type reading, readingOf } from '../tables/reading.ts'
import type { OpenPartWorker } from './part-worker.ts'

/** Makes a line of each row of a table. */
export const perRowWorker =
  <Own>(perRow: PerRow<Own>): OpenPartWorker =>
  async (path, asked, parts) => {
    const run = await openRunModel(path, { parts })
    const values = asked as Own & Values<typeof reading> & { readonly label?: string }
    return {
      model: await modelDigest(run),
      async make(source, writing, { signal }) {
        const dataset = await openDataFor(run.trained, source, {
          ...readingOf(values),
          ...(values.label !== undefined && { label: values.label }),
        })
        const rows = { first: 0, count: dataset.count }
        await writeSheets(writing, sheetsOf(perRow, { run, dataset, values, signal }, rows))
      },
      [Symbol.dispose]: run.dispose,
    }
  }
