import { tableIn } from '../../formats/dialect.ts'
import { doubtNote } from '../../formats/header.ts'
import { unitNote } from '../../formats/unit-lines.ts'
import type { JsonObject } from './json-object.ts'
import type { ReadTableOptions } from './reader.ts'

/** Rows that are waited for to tell whether the first of them names the columns. */
const LOOKED_AT = 1000

const textOf = (cell: unknown): string =>
  cell === null || cell === undefined ? '' : typeof cell === 'object' ? JSON.stringify(cell) : `${cell}`

/** Rows that are arrays get the names that the first of them has, where it names the columns as the first line of a CSV does. */
export class JsonNames {
  readonly #options: ReadTableOptions
  readonly #say: (note: string) => void
  #held: JsonObject[] = []
  #names: readonly string[] | undefined
  #isTold = false

  constructor(options: ReadTableOptions, say: (note: string) => void) {
    this.#options = options
    this.#say = say
  }

  /** The objects whose names are known after these. */
  push(objects: Iterable<JsonObject>): JsonObject[] {
    for (const object of objects) this.#held.push(object)
    const isArray = this.#held[0]?.isArray === true
    if (isArray && !this.#isTold && this.#held.length < LOOKED_AT && !this.#options.eager) return []
    return this.end()
  }

  /** All that were waited for. */
  end(): JsonObject[] {
    const held = this.#held
    this.#held = []
    if (held.length === 0) return held
    const rows = this.#isTold ? held : this.#below(held)
    const names = this.#names
    return names ? rows.map((row) => named(row, names)) : rows
  }

  /** The rows below the names, which are looked for. */
  #below(held: JsonObject[]): JsonObject[] {
    this.#isTold = true
    if (!held[0].isArray) return held
    const rows = held.slice(0, LOOKED_AT).map(({ fields }) => Object.values(fields).map(textOf))
    const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
    const { begin, isNamed, isDoubtful, above, units } = tableIn(rows, width, this.#options)
    const below = begin + (isNamed ? 1 + units : 0)
    if (isDoubtful) this.#say(doubtNote(isNamed))
    const others = [...held.slice(begin - above, begin), ...held.slice(begin + 1, below)]
    for (const { line, fields } of others) this.#say(unitNote(line, Object.values(fields).map(textOf)))
    if (isNamed) this.#names = rows[begin].map((name) => name.trim())
    return held.slice(below)
  }
}

/** A row by the names of its columns; those without one, and those of one name, keep their numbers. */
function named(row: JsonObject, names: readonly string[]): JsonObject {
  if (!row.isArray) return row
  const own = (at: number): string => {
    const name = names[at] ?? ''
    if (name !== '' && names.indexOf(name) === at) return name
    return names.includes(`${at}`) ? `column ${at}` : `${at}`
  }
  return { ...row, fields: Object.fromEntries(Object.values(row.fields).map((cell, at) => [own(at), cell])) }
}
