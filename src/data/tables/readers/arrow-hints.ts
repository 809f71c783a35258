import { fromBase64 } from '../../../base/base64.ts'
import type { SecondDecimals } from '../stored-type.ts'
import { checkSchema } from './arrow-metadata.ts'
import { FlatTable } from './flatbuffer.ts'

/** What Parquet has no types for, though Arrow has. */
export type ArrowHint =
  | { readonly kind: 'bytes' }
  | { readonly kind: 'duration'; readonly decimals: SecondDecimals }

/** Hints by the dotted names of columns. */
export type ArrowHints = ReadonlyMap<string, ArrowHint>

/** Where those that write Parquet from Arrow keep the schema that the table had. */
export const ARROW_SCHEMA = 'ARROW:schema'

/** Places in a schema's `Field` and in a message. */
const [NAME, TYPE_KIND, TYPE, CHILDREN] = [4, 8, 10, 14]
const [HEADER, FIELDS] = [8, 6]
/** Kinds of types, by their numbers. */
const [BINARY, STRUCT, DURATION, LARGE_BINARY, BINARY_VIEW] = [4, 13, 18, 19, 23]

/** Decimals by the number of a unit of time; a duration says nothing of milliseconds, which are the usual. */
export const UNIT_DECIMALS: readonly SecondDecimals[] = [0, 3, 6, 9]
const MILLISECONDS = 1

function gather(fields: readonly FlatTable[], hints: Map<string, ArrowHint>, path: readonly string[]): void {
  for (const field of fields) {
    const own = [...path, field.text(NAME)]
    const kind = field.byte(TYPE_KIND)
    if (kind === DURATION) {
      const unit = field.table(TYPE)?.short(4) ?? MILLISECONDS
      hints.set(own.join('.'), { kind: 'duration', decimals: UNIT_DECIMALS[unit] ?? 6 })
    } else if ([BINARY, LARGE_BINARY, BINARY_VIEW].includes(kind)) hints.set(own.join('.'), { kind: 'bytes' })
    else if (kind === STRUCT) gather(field.tables(CHILDREN), hints, own)
  }
}

/** What an Arrow schema says beyond Parquet's; nothing where it cannot be read. */
export function arrowHints(base64: string | undefined): ArrowHints {
  const hints = new Map<string, ArrowHint>()
  if (base64 === undefined) return hints
  try {
    const message = fromBase64(base64)
    // Before the message stand a mark and its length.
    const bytes = message.subarray(message[0] === 0xff ? 8 : 4)
    const schema = FlatTable.root(bytes).table(HEADER)
    if (!schema) return hints
    checkSchema(schema, bytes.length)
    gather(schema.tables(FIELDS), hints, [])
  } catch {
    hints.clear()
  }
  return hints
}
