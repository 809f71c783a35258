import type { SchemaElement, SchemaTree } from 'hyparquet'
import { parseFloat16 } from 'hyparquet/src/convert.js'
import { wholeOf } from '../stored-text.ts'
import type { SecondDecimals, StoredType } from '../stored-type.ts'
import type { ArrowHint, ArrowHints } from './arrow-hints.ts'
import type { StoredForm } from './stored-forms.ts'

const DECIMALS: Readonly<Record<string, SecondDecimals>> = { MILLIS: 3, MICROS: 6, NANOS: 9 }

type Kinds = Exclude<StoredType['kind'], 'list' | 'struct' | 'map'>

/** Kinds by what the file says of a column, in its older names and in its newer ones. */
const SAID: Readonly<Record<string, Kinds>> = {
  UTF8: 'text',
  STRING: 'text',
  ENUM: 'text',
  JSON: 'json',
  UUID: 'uuid',
  DATE: 'date',
  DECIMAL: 'decimal',
  TIME: 'time',
  TIME_MILLIS: 'time',
  TIME_MICROS: 'time',
  TIMESTAMP_MILLIS: 'instant',
  TIMESTAMP_MICROS: 'instant',
  FLOAT16: 'double',
}

/** Kinds by how values lie in the file; all else are bytes. */
const PHYSICAL: Readonly<Record<string, Kinds>> = {
  BOOLEAN: 'boolean',
  INT32: 'integer',
  INT64: 'integer',
  INT96: 'timestamp',
  FLOAT: 'double',
  DOUBLE: 'double',
}

function kindOf(element: SchemaElement): Kinds {
  const { type, converted_type: converted, logical_type: logical } = element
  if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC ? 'instant' : 'timestamp'
  if (isSaid(element))
    return SAID[`${logical?.type}`] ?? SAID[`${converted}`] ?? PHYSICAL[`${type}`] ?? 'bytes'
  // Bytes of which nothing is said are texts to the writers of old.
  return PHYSICAL[`${type}`] ?? (type === 'BYTE_ARRAY' ? 'text' : 'bytes')
}

function decimalsOf({ type, converted_type: converted, logical_type: logical }: SchemaElement) {
  if (type === 'INT96') return 9
  if (logical && 'unit' in logical) return DECIMALS[logical.unit]
  return converted?.endsWith('MILLIS') ? 3 : 6
}

function integerType({ type, converted_type: converted, logical_type: logical }: SchemaElement) {
  const named = /(U?)INT_(\d+)/.exec(converted ?? '')
  const bits =
    logical?.type === 'INTEGER' ? logical.bitWidth : Number(named?.[2] ?? (type === 'INT32' ? 32 : 64))
  const isUnsigned = logical?.type === 'INTEGER' ? !logical.isSigned : named?.[1] === 'U'
  return { kind: 'integer', bits: bits as 8 | 16 | 32 | 64, ...(isUnsigned && { isUnsigned }) } as const
}

/** What a column holds, by what the file says of it. */
export function leafType(element: SchemaElement, path: string, hints: ArrowHints): StoredType {
  const type = kindType(element, hints.get(path))
  return element.repetition_type === 'REQUIRED' ? { ...type, isRequired: true } : type
}

function kindType(element: SchemaElement, hint: ArrowHint | undefined): StoredType {
  const kind = kindOf(element)
  if (kind === 'integer' && hint?.kind === 'duration') return { ...hint, element }
  if (kind === 'text' && hint?.kind === 'bytes') return { kind: 'bytes', element }
  switch (kind) {
    case 'integer':
      return { ...integerType(element), element }
    case 'double':
      return { kind, bits: element.type === 'DOUBLE' ? 64 : element.type === 'FLOAT' ? 32 : 16, element }
    case 'timestamp':
    case 'instant':
    case 'time':
      return { kind, decimals: decimalsOf(element), element }
    case 'decimal':
      return { kind, precision: element.precision ?? 0, scale: element.scale ?? 0, element }
    default:
      return { kind, element } as StoredType
  }
}

/** Whether a part may be there any number of times. */
export const isRepeated = ({ element }: SchemaTree): boolean => element.repetition_type === 'REPEATED'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const uuidOf = (bytes: Uint8Array): string => hexOf(bytes).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** Bytes that no one calls a text: one where they are, else their hexadecimal text. */
function textOrHex(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return hexOf(bytes)
  }
}

const ofBytes =
  (read: (bytes: Uint8Array) => unknown): StoredForm =>
  (value) =>
    value instanceof Uint8Array ? read(value) : value

/** How what lies in the file becomes a value of its type; undefined where it is one. */
export function valueForm(type: StoredType): StoredForm | undefined {
  const { element } = type
  switch (type.kind) {
    case 'integer':
      if (!type.isUnsigned) return undefined
      return (value) =>
        typeof value === 'bigint'
          ? BigInt.asUintN(64, value)
          : typeof value === 'number'
            ? value >>> 0
            : value
    case 'double':
      return type.bits === 16 ? ofBytes(parseFloat16) : undefined
    case 'decimal':
    case 'duration':
      return (value) =>
        value instanceof Uint8Array ? wholeOf(value) : typeof value === 'number' ? BigInt(value) : value
    case 'uuid':
      return ofBytes(uuidOf)
    case 'json':
      return ofBytes((bytes) => decoder.decode(bytes))
    case 'text':
      return ofBytes(isSaid(element) ? (bytes) => decoder.decode(bytes) : textOrHex)
    case 'timestamp':
      return element?.type === 'INT96'
        ? (value) => (typeof value === 'bigint' ? nanosecondsOf(value) : value)
        : undefined
    default:
      return undefined
  }
}

/** Days since 4713 BC above the nanoseconds of a day, as time stamps were stored of old. */
const nanosecondsOf = (stored: bigint): bigint =>
  ((stored >> 64n) - 2440588n) * 86_400_000_000_000n + BigInt.asUintN(64, stored)

/** Whether a column is said to hold text, of one kind or another. */
const isSaid = (element: SchemaElement | undefined): boolean =>
  element?.converted_type !== undefined || element?.logical_type !== undefined

/** Whether values are bytes of which nobody says what they are. */
export const areUnsaid = ({ kind, element }: StoredType): boolean => kind === 'text' && !isSaid(element)
