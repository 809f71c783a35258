import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { formatShape } from '../../base/shape.ts'
import type { Dataset } from '../../data/dataset.ts'
import { openData } from '../../data/node/open.ts'
import { withoutPassword } from '../../data/tables/node/databases/postgres-url.ts'
import { orderedTable } from '../../data/tables/windows/ordered.ts'
import { nodeEngines } from '../../engine/onnxruntime/node/engines.ts'
import { modelOfRun } from '../../runs/node/finished-model.ts'
import type { Platform } from '../platform.ts'
import { openRunWith } from './parts.ts'

/** The part of a draft that may hold a password. */
const namingSource = z.looseObject({ data: z.looseObject({ source: z.string() }) })

/** Node.js: installed packages, files and the native engine. */
export const nodePlatform: Platform = {
  engines: nodeEngines,
  ordered: orderedTable,
  async openData({ source, ...choice }, numbersOnly = false, brought = {}) {
    const { condition, given, windows } = choice
    const { label, size, exclude, kinds, missing, table, query, separator, header, encoding, sheet } = choice
    if (kinds !== undefined && numbersOnly) refuseKinds(source)
    const reading = { query, separator, header, encoding, sheet }
    if (windows !== undefined && numbersOnly) refuseWindows(source)
    const asked = {
      label,
      condition,
      given,
      windows,
      size,
      exclude,
      kinds,
      missing,
      table: table ?? !numbersOnly,
    }
    const dataset = await openData(source, { ...asked, ...reading, ...brought })
    if (size !== undefined) checkSize(dataset, size)
    if (kinds !== undefined && !dataset.table) refuseKinds(dataset.name)
    if (windows !== undefined && !dataset.windows) refuseWindows(dataset.name)
    return dataset
  },
  withoutPasswords: (draft) => {
    const { data, success } = namingSource.safeParse(draft)
    return success ? { ...data, data: { ...data.data, source: withoutPassword(data.data.source) } } : draft
  },
  readModel: async (path) => modelOfRun(await openRunWith(path, {})),
}

/** Only a table has columns of kinds; of other data it must not seem that they were looked at. */
const refuseKinds = (name: string): never =>
  fail({
    code: 'data/kinds',
    seen: `kinds of columns for "${name}", which is read as plain numbers`,
    wanted: 'a table, under the likelihood of its columns',
    fix: 'leave --kind out; or, of a table, --likelihood',
    usage: true,
  })

/** Only rows of a table have a column that orders them. */
const refuseWindows = (name: string): never =>
  fail({
    code: 'data/windows',
    seen: `windows of ordered rows of "${name}", which is no table of columns of all kinds`,
    wanted: 'a table with a column that says when each row was',
    fix: 'leave --order out',
    usage: true,
  })

/** Only images of a folder are scaled; of other data it must not seem that they were. */
function checkSize({ name, exampleShape }: Dataset, size: number): void {
  const [, height, width] = exampleShape
  if (height !== size || width !== size)
    fail({
      code: 'data/size',
      seen: `size ${size} for "${name}", whose examples are ${formatShape(exampleShape)}`,
      wanted: 'a folder of images to crop and scale',
      fix: 'leave --size out',
      usage: true,
    })
}
