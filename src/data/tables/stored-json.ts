import { formOf } from './readers/stored-forms.ts'
import type { StoredType } from './stored-type.ts'

/** Whole numbers and decimals with all their digits, which JSON allows, without zeros in front, which it does not. */
const isNumber = ({ kind }: StoredType): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'duration'

const NUMBER = /^-?\d+(?:\.\d+)?$/

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** A value that no type tells of. */
function untyped(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Uint8Array) return JSON.stringify(hex(value))
  if (Array.isArray(value)) return `[${value.map((item) => storedJson(item)).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value as object)
  return `{${fields.map(([name, own]) => `${JSON.stringify(name)}:${storedJson(own)}`).join(',')}}`
}

/**
 * A cell, or a value as a source stores it, as JSON: numbers with all their digits, dates and times as texts, bytes as
 * their hexadecimal text, maps as objects by their keys.
 */
export function storedJson(value: unknown, type?: StoredType): string {
  if (value === null || value === undefined) return 'null'
  if (type === undefined) return untyped(value)
  switch (type.kind) {
    case 'list':
      return `[${(value as unknown[]).map((item) => storedJson(item, type.item.type)).join(',')}]`
    case 'struct':
      return `{${type.fields
        .map(
          ({ name, type }) =>
            `${JSON.stringify(name)}:${storedJson((value as Record<string, unknown>)[name], type)}`,
        )
        .join(',')}}`
    case 'map':
      return `{${(value as { key: unknown; value: unknown }[])
        .map((entry) => `${keyJson(entry.key, type.key.type)}:${storedJson(entry.value, type.value.type)}`)
        .join(',')}}`
    default: {
      const cell = typeof value === 'string' ? value : (formOf(type)?.(value) ?? value)
      if (typeof cell !== 'string' || !isNumber(type) || !NUMBER.test(cell)) return untyped(cell)
      return cell.replace(/^(-?)0+(?=\d)/, '$1')
    }
  }
}

const keyJson = (key: unknown, type: StoredType): string => {
  const text = storedJson(key, type)
  return text.startsWith('"') ? text : JSON.stringify(text)
}
