import * as z from 'zod/mini'
import { crc32, formatCrc32 } from '../base/crc32.ts'
import { jsonText } from '../base/schema.ts'
import { readInChunks } from '../data/chunks.ts'
import type { Rows } from '../data/examples.ts'
import { digest } from '../data/split.ts'
import type { Splits } from '../recipe/splits.ts'

/** Training rows whose numbers are looked at: enough to know other data by, few enough to cost nothing. */
const LOOKED_AT = 256

/** File of a run that holds the digests of the data it began with. */
export const DIGESTS = 'data.json'

/** What tells one division of one data set from another, as JSON text: row numbers, and numbers of some training rows. */
export async function digestsOf({
  train,
  validation,
}: Pick<Splits, 'train' | 'validation'>): Promise<string> {
  const { digest: all } = train.dataset
  const digests = {
    rows: { train: digest(train.indices), validation: digest(validation.indices) },
    content: await contentDigest(train),
    ...(all === undefined ? {} : { all }),
  }
  return `${JSON.stringify(digests, null, 2)}\n`
}

/** Whether digests are those that a run began with; earlier versions wrote fewer. */
export function areDigests(known: string, now: string): boolean {
  const before = digestsSchema.safeParse(known)
  const after = digestsSchema.parse(now)
  return (
    before.success && Object.entries(before.data).every(([name, value]) => isDeepEqual(value, after[name]))
  )
}

const isDeepEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const digestsSchema = jsonText(z.record(z.string(), z.unknown()))

/** Of some rows, spread over all, and of what a model is given beside them. */
export async function contentDigest({ dataset, indices }: Rows): Promise<string> {
  const count = Math.min(indices.length, LOOKED_AT)
  const spread = Uint32Array.from(
    { length: count },
    (_, i) => indices[Math.floor((i * indices.length) / count)],
  )
  const { condition } = dataset
  let crc = condition ? crc32(new Uint8Array(condition.read(spread).data.buffer)) : 0
  for await (const { rows } of readInChunks(dataset, spread)) {
    const { buffer, byteOffset, byteLength } = rows.data
    crc = crc32(new Uint8Array(buffer, byteOffset, byteLength), crc)
  }
  return formatCrc32(crc)
}
