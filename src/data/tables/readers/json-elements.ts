import { fail } from '../../../base/errors.ts'
import type { JsonObject } from './json-object.ts'
import type { JsonSplitter } from './json-rows.ts'
import { type ParsedJson, parseJsonCells, whatIsWrong } from './parse-json.ts'
import { LONGEST_RECORD } from './reader.ts'

const refuseElement = (line: number, seen: string, cause?: unknown): never =>
  fail({
    code: 'json/array',
    seen: `${seen} on line ${line}`,
    wanted: 'an array of objects: [{"column": value, …}, …]',
    fix: 'write each row as an object in one array, or as JSON Lines',
    cause,
  })

/** A row as an array has its columns by number. */
export const numbered = (cells: readonly unknown[]): JsonObject['fields'] =>
  Object.fromEntries(cells.map((cell, index) => [`${index}`, cell]))

function objectOf(text: string, line: number): JsonObject {
  let parsed: ParsedJson
  try {
    parsed = parseJsonCells(text)
  } catch (error) {
    return refuseElement(line, whatIsWrong(text, error), error)
  }
  const { value, noNumbers } = parsed
  if (Array.isArray(value)) return { line, fields: numbered(value), isArray: true, noNumbers }
  return typeof value === 'object' && value !== null
    ? { line, fields: value as JsonObject['fields'], text: parsed.text, noNumbers }
    : refuseElement(line, `${JSON.stringify(value).slice(0, 40)} in the array`)
}

const [QUOTE, ESCAPE, FEED, COMMA] = [34, 92, 10, 44]
const isOpening = (code: number): boolean => code === 91 || code === 123
const isClosing = (code: number): boolean => code === 93 || code === 125
const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 13 || code === FEED

/** The text of a JSON array that comes in pieces falls into its elements. */
export class JsonElements implements JsonSplitter {
  readonly #longest: number
  /** The beginning of an element, until the rest of it has come. */
  #held: string[] = []
  #heldLength = 0
  #begin = 1
  #line = 1
  #depth = 0
  #state: 'before' | 'between' | 'in' | 'after' = 'before'
  #inString = false
  #escaped = false

  /** `longest`: the most characters that an element may have. */
  constructor(longest = LONGEST_RECORD) {
    this.#longest = longest
  }

  get line(): number {
    return this.#line
  }

  /** The elements that this piece ends. Errors: `json/array`, `text/long-record`. */
  *push(piece: string): Generator<JsonObject> {
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (code === FEED) this.#line++
      if (this.#state !== 'in') {
        if (!this.#step(code)) continue
        from = at
      }
      if (!this.#ends(code)) continue
      yield this.#element(piece.slice(from, code === COMMA || this.#depth < 0 ? at : at + 1))
    }
    if (this.#state === 'in') this.#hold(piece.slice(from))
  }

  /** Goes on between elements; whether one begins. */
  #step(code: number): boolean {
    if (isBlank(code) || code === 0xfeff) return false
    if (this.#state === 'before' && code === 91) this.#state = 'between'
    else if (this.#state === 'between' && code === COMMA) return false
    else if (this.#state === 'between' && code === 93) this.#state = 'after'
    else if (this.#state === 'between') {
      this.#state = 'in'
      this.#depth = 0
      this.#begin = this.#line
      return true
    } else refuseElement(this.#line, `"${String.fromCharCode(code)}" ${this.#state} the array`)
    return false
  }

  /** Whether the element that has begun ends with this character, or before it. */
  #ends(code: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (code === ESCAPE) this.#escaped = true
      else if (code === QUOTE) this.#inString = false
      return false
    }
    if (code === QUOTE) this.#inString = true
    else if (isOpening(code)) this.#depth++
    else if (isClosing(code)) return --this.#depth <= 0
    return code === COMMA && this.#depth === 0
  }

  #element(end: string): JsonObject {
    this.#hold(end)
    const text = this.#held.join('')
    this.#held = []
    this.#heldLength = 0
    this.#state = 'between'
    return objectOf(text, this.#begin)
  }

  #hold(text: string): void {
    this.#held.push(text)
    this.#heldLength += text.length
    if (this.#heldLength > this.#longest)
      fail({
        code: 'text/long-record',
        seen: `more than ${this.#longest} characters without an end of the object that begins on line ${this.#begin}`,
        wanted: 'an object for each row',
        fix: 'check that this is a table, and that every brace and quote is closed',
      })
  }

  /** Error: `json/array` where the array has not ended. */
  end(): readonly JsonObject[] {
    return this.#state === 'after' ? [] : refuseElement(this.#line, 'an array that breaks off')
  }
}
