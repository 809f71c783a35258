/** Cells, and values as a source stores them, become what lies in a Parquet file. */
import { storedJson } from '../../stored-json.ts'
import type { SecondDecimals, StoredType } from '../../stored-type.ts'

const DAY = 86_400_000
const encoder = new TextEncoder()

/** `-12.5` at a scale of 2 as −1250. */
function unscaled(text: string, scale: number): bigint {
  const [whole, fraction = ''] = text.split('.')
  return BigInt(`${whole}${fraction.padEnd(scale, '0').slice(0, scale)}`)
}

/** Parts of a second since 1970 of a date and time of day, in UTC where it names no zone. */
export function partsOf(text: string, decimals: SecondDecimals = 6): bigint {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? []
  const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`
  const seconds = BigInt(Date.parse(zoned.replace(/\.\d+/, '').replace(' ', 'T').replace(/ /g, ''))) / 1000n
  return seconds * 10n ** BigInt(decimals) + BigInt(fraction.padEnd(decimals, '0').slice(0, decimals) || 0)
}

/** Parts of a second since midnight. */
function timeParts(text: string, decimals: SecondDecimals): bigint {
  const [hours, minutes, seconds = '0'] = text.split(':')
  return (
    BigInt(Number(hours) * 3600 + Number(minutes) * 60) * 10n ** BigInt(decimals) +
    unscaled(seconds, decimals)
  )
}

/** Parts of so many seconds. */
const durationParts = (seconds: unknown, decimals: SecondDecimals): bigint =>
  typeof seconds === 'string' && /^-?\d+(?:\.\d+)?$/.test(seconds)
    ? unscaled(seconds, decimals)
    : BigInt(Math.round(Number(seconds) * 10 ** decimals))

const hexBytes = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/[\da-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16))

const isShort = ({ element }: StoredType, bits?: number): boolean =>
  element ? element.type === 'INT32' : bits !== undefined && bits < 64

/** Whether the library takes texts of a type as they are. */
const isUtf8 = ({ kind, element }: StoredType): boolean =>
  kind === 'text' && (element === undefined || element.converted_type === 'UTF8')

type Physical = (value: unknown) => unknown

function leafPhysical(type: StoredType): Physical {
  switch (type.kind) {
    case 'integer':
      return isShort(type, type.bits) ? Number : (value) => BigInt(value as number)
    case 'double':
      return Number
    case 'decimal':
      return (value) => (typeof value === 'bigint' ? value : unscaled(String(value), type.scale))
    case 'date':
      return (value) => (typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) / DAY : Number(value))
    case 'timestamp':
    case 'instant':
      // Of whole seconds Parquet knows nothing: they are written as milliseconds.
      return (value) =>
        typeof value === 'bigint'
          ? value * (type.decimals === 0 ? 1000n : 1n)
          : partsOf(String(value), type.decimals === 0 ? 3 : type.decimals)
    case 'time': {
      const { decimals = 6 } = type
      const parts: Physical = (value) =>
        typeof value === 'string'
          ? timeParts(value, decimals === 0 ? 3 : decimals)
          : BigInt(value as bigint) * (decimals === 0 ? 1000n : 1n)
      return isShort(type, decimals <= 3 ? 32 : 64) ? (value) => Number(parts(value)) : parts
    }
    case 'duration':
      return (value) => (typeof value === 'bigint' ? value : durationParts(value, type.decimals))
    case 'bytes':
      return (value) => (value instanceof Uint8Array ? value : hexBytes(String(value)))
    case 'json':
    case 'text':
      return (value) => {
        if (value instanceof Uint8Array) return value
        const text = typeof value === 'object' ? storedJson(value) : String(value)
        return isUtf8(type) ? text : encoder.encode(text)
      }
    default:
      return (value) => value
  }
}

/** How values of a type are given to the library; nothing stays nothing. */
export function physical(type: StoredType): Physical {
  const own = nested(type) ?? leafPhysical(type)
  return (value) => (value === null || value === undefined ? null : own(value))
}

function nested(type: StoredType): Physical | undefined {
  if (type.kind === 'list') {
    const item = physical(type.item.type)
    return (value) => Array.from(value as Iterable<unknown>, item)
  }
  if (type.kind === 'map') {
    const [key, own] = [physical(type.key.type), physical(type.value.type)]
    return (value) =>
      (value as { key: unknown; value: unknown }[]).map((entry) => ({
        key: key(entry.key),
        value: own(entry.value),
      }))
  }
  if (type.kind !== 'struct') return undefined
  const fields = type.fields.map(({ name, type }) => [name, physical(type)] as const)
  return (value) =>
    Object.fromEntries(fields.map(([name, own]) => [name, own((value as Record<string, unknown>)[name])]))
}
