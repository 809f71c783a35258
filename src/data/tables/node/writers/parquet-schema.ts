import type { SchemaElement } from 'hyparquet'
import type { SecondDecimals, StoredField, StoredType } from '../../stored-type.ts'
import type { WrittenColumn } from './writer.ts'

type Declared = Partial<SchemaElement>

/** A decimal of more digits than an int64 holds. */
const LONG = 18

const unitOf = (decimals: SecondDecimals = 6) =>
  decimals === 9 ? 'NANOS' : decimals === 6 ? 'MICROS' : 'MILLIS'

function decimalOf(precision: number, scale: number): Declared {
  const stored: Declared =
    precision > LONG
      ? { type: 'FIXED_LEN_BYTE_ARRAY', type_length: precision > 38 ? 32 : 16 }
      : { type: 'INT64' }
  return { ...stored, converted_type: 'DECIMAL', precision, scale }
}

type Converted = NonNullable<SchemaElement['converted_type']>

/** The older name of whole numbers: the newer one the library writes so that others do not read it. */
const integerName = (bits: number, isSigned: boolean) => `${isSigned ? '' : 'U'}INT_${bits}` as Converted

function integerOf({
  bits = 64,
  isUnsigned = false,
}: {
  readonly bits?: number
  readonly isUnsigned?: boolean
}): Declared {
  const type = bits === 64 ? 'INT64' : 'INT32'
  return !isUnsigned && bits >= 32 ? { type } : { type, converted_type: integerName(bits, !isUnsigned) }
}

const FLOATS: Readonly<Record<number, Declared>> = {
  16: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2, logical_type: { type: 'FLOAT16' } },
  32: { type: 'FLOAT' },
  64: { type: 'DOUBLE' },
}

/** How a type is declared, besides its name. Seconds alone are not known here: of them milliseconds are written. */
function declared(type: Exclude<StoredType, { kind: 'list' | 'struct' | 'map' }>): Declared {
  switch (type.kind) {
    case 'boolean':
      return { type: 'BOOLEAN' }
    case 'integer':
      return integerOf(type)
    case 'double':
      return FLOATS[type.bits ?? 64]
    case 'decimal':
      return decimalOf(type.precision, type.scale)
    case 'date':
      return { type: 'INT32', converted_type: 'DATE' }
    case 'time': {
      const unit = unitOf(type.decimals)
      const logical_type = { type: 'TIME', isAdjustedToUTC: false, unit } as const
      return { type: unit === 'MILLIS' ? 'INT32' : 'INT64', logical_type }
    }
    case 'timestamp':
    case 'instant': {
      const isAdjustedToUTC = type.kind === 'instant'
      return {
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit: unitOf(type.decimals) },
      }
    }
    case 'duration':
      return { type: 'INT64' }
    case 'uuid':
      return { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } }
    case 'json':
      return { type: 'BYTE_ARRAY', converted_type: 'JSON' }
    case 'bytes':
      return type.length === undefined
        ? { type: 'BYTE_ARRAY' }
        : { type: 'FIXED_LEN_BYTE_ARRAY', type_length: type.length }
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8' }
  }
}

/** A column of a source's own schema stays as it is declared there, but for what no writer writes any more. */
function leafOf(type: Exclude<StoredType, { kind: 'list' | 'struct' | 'map' }>): Declared {
  const { element } = type
  if (element === undefined || element.type === 'INT96') return declared(type)
  const { logical_type: logical, ...plain } = element
  if (logical?.type !== 'INTEGER') return element
  return { converted_type: integerName(logical.bitWidth, logical.isSigned), ...plain }
}

/** The elements of a part of the schema, those inside of it behind it. */
function elementsOf({ name, type }: StoredField, isRequired = type.isRequired === true): SchemaElement[] {
  const group = { name, repetition_type: isRequired ? 'REQUIRED' : 'OPTIONAL' } as const
  const repeated = { repetition_type: 'REPEATED' } as const
  switch (type.kind) {
    case 'struct':
      return [
        { ...group, num_children: type.fields.length },
        ...type.fields.flatMap((field) => elementsOf(field)),
      ]
    case 'list':
      return [
        { ...group, converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
        { ...repeated, name: 'list', num_children: 1 },
        ...elementsOf(type.item),
      ]
    case 'map':
      return [
        { ...group, converted_type: 'MAP', logical_type: { type: 'MAP' }, num_children: 1 },
        { ...repeated, name: 'key_value', num_children: 2 },
        ...elementsOf({ ...type.key, name: 'key' }, true),
        ...elementsOf({ ...type.value, name: 'value' }),
      ]
    default:
      return [{ ...leafOf(type), ...group }]
  }
}

/** The schema of columns; one that its source has for always filled is so here where nothing is missing. */
export const schemaOf = (columns: readonly WrittenColumn[]): SchemaElement[] => [
  { name: 'schema', num_children: columns.length },
  ...columns.flatMap(({ name, type, hasGaps = true }) =>
    elementsOf({ name, type }, type.isRequired === true && !hasGaps),
  ),
]

/** What the library changes values by, though they lie as they are to be in the file. */
const CHANGED = ['JSON', 'BSON', 'GEOMETRY', 'GEOGRAPHY', 'ENUM', 'INTERVAL']

/** The same schema for the library while it writes. */
export const plainSchema = (schema: readonly SchemaElement[]): SchemaElement[] =>
  schema.map((element) => {
    if (!CHANGED.includes(element.logical_type?.type ?? element.converted_type ?? '')) return element
    const { converted_type, logical_type, ...plain } = element
    return plain
  })
