/** Just enough of the protocol buffers' wire format to write messages; reading is ONNX Runtime's business. */

/** A message that is ready to be written, in pieces so that large arrays are copied once. */
export interface Message {
  readonly pieces: readonly Uint8Array[]
  readonly length: number
}

/** Integers are varints, strings and bytes and messages carry their length, floats are 32 bits. */
export type FieldValue = number | string | Uint8Array | Message | { readonly float: number }

/** A field by its number; a list is written one by one, undefined and an empty list not at all. */
export type Field = readonly [number: number, value: FieldValue | readonly FieldValue[] | undefined]

const VARINT = 0
const DELIMITED = 2
const FIXED32 = 5

const utf8 = new TextEncoder()

/** A message of fields, in the order given. */
export function message(...fields: readonly Field[]): Message {
  const pieces: Uint8Array[] = []
  for (const [number, value] of fields)
    for (const one of valuesOf(value)) {
      const [wire, content] = contentOf(one)
      const delimiter = wire === DELIMITED ? varint(lengthOf(content)) : []
      pieces.push(Uint8Array.from([...varint(number * 8 + wire), ...delimiter]))
      // A list of a tree's nodes has more pieces than a call takes arguments.
      for (const piece of content) pieces.push(piece)
    }
  return { pieces, length: lengthOf(pieces) }
}

/** The message as bytes. */
export function bytesOfMessage({ pieces, length }: Message): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

function valuesOf(value: Field[1]): readonly FieldValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as FieldValue]
}

function contentOf(value: FieldValue): [wire: number, content: readonly Uint8Array[]] {
  if (typeof value === 'number') return [VARINT, [Uint8Array.from(varint(value))]]
  if (typeof value === 'string') return [DELIMITED, [utf8.encode(value)]]
  if (value instanceof Uint8Array) return [DELIMITED, [value]]
  if ('pieces' in value) return [DELIMITED, value.pieces]
  return [FIXED32, [new Uint8Array(new Float32Array([value.float]).buffer)]]
}

const lengthOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((sum, { length }) => sum + length, 0)

/** Seven bits a byte, the lowest first; negative numbers as 64 bits of two's complement. */
function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}
