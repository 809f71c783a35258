import { FlatTable } from './flatbuffer.ts'

/** What a message of an Arrow stream holds. */
export type ArrowMessageKind = 'schema' | 'dictionary' | 'rows'

export interface ArrowMetadata {
  readonly kind: ArrowMessageKind
  /** Bytes of the body that follows. */
  readonly body: number
}

/** Columns within columns, as deep as they are followed. */
const DEEPEST = 16

/** Digits behind the point of a decimal: 256 bits have 76 in all. */
const MOST_DIGITS = 76

/** Fields of a `Field`, and its type where that is a decimal. */
const TYPE_KIND = 8
const TYPE = 10
const CHILDREN = 14
const KEY_VALUES = 16
const DECIMAL = 7

/** Goes through a schema's fields; how many there may be is bounded by `budget`, since they may refer to each other. */
function checkFields(fields: readonly FlatTable[], budget: number, depth = 0): number {
  let left = budget
  for (const field of fields) {
    left -= 1 + field.entries(KEY_VALUES, 4).length
    if (left < 0 || depth > DEEPEST) throw new RangeError('fields within each other')
    const digits = field.byte(TYPE_KIND) === DECIMAL ? (field.table(TYPE)?.int(6) ?? 0) : 0
    if (digits > MOST_DIGITS) throw new RangeError(`a decimal of ${digits} digits`)
    left = checkFields(field.tables(CHILDREN), left, depth + 1)
  }
  return left
}

/** The most values that a byte of a body can stand for: bits, and as packed as compression gets. */
const VALUES = 8
const PACKED_VALUES = 2048

/** Values that may be told without storing any, as of a column without a value. */
const UNSTORED = 2 ** 20

/** Columns' lengths, buffers and counts of further buffers of a record batch. */
function checkBatch(batch: FlatTable | undefined, body: number): void {
  if (!batch) return
  const buffers = batch.entries(8, 16).length
  // Of texts some buffers are counted by themselves: each is one of them.
  for (const count of batch.longs(12, 8))
    if (!(count >= 0 && count <= buffers)) throw new RangeError(`${count} buffers of ${buffers}`)
  const most = Math.max(UNSTORED, body * (batch.table(10) ? PACKED_VALUES : VALUES))
  for (const length of [batch.long(4), ...batch.longs(6, 16)])
    if (!(length >= 0 && length <= most)) throw new RangeError(`${length} values in ${body} bytes`)
}

/** Goes through a schema in a buffer of `bytes`. Error: a `RangeError`. */
export function checkSchema(schema: FlatTable, bytes: number): void {
  checkFields(schema.tables(6), bytes / 4 - schema.entries(8, 4).length)
}

/** `Schema`, `DictionaryBatch` and `RecordBatch`, by their number as a message's header. */
const headers: readonly ((header: FlatTable | undefined, bytes: number, body: number) => ArrowMessageKind)[] =
  [
    (schema, bytes) => {
      if (schema) checkSchema(schema, bytes)
      return 'schema'
    },
    (dictionary, _, body) => {
      checkBatch(dictionary?.table(6), body)
      return 'dictionary'
    },
    (batch, _, body) => {
      checkBatch(batch, body)
      return 'rows'
    },
  ]

/**
 * What a message's metadata say (a FlatBuffer `Message { version, header, bodyLength }`), gone through before the
 * library reads them: it trusts references and counts, and a wrong one would never come to an end.
 *
 * Error: a `RangeError` where they make no sense.
 */
export function arrowMetadata(bytes: Uint8Array): ArrowMetadata {
  const message = FlatTable.root(bytes)
  const check = headers[message.byte(6) - 1]
  if (check === undefined) throw new RangeError(`a message of kind ${message.byte(6)}`)
  const body = message.long(10)
  if (!(body >= 0 && Number.isSafeInteger(body))) throw new RangeError(`${body} bytes of rows`)
  return { kind: check(message.table(8), bytes.length, body), body }
}
