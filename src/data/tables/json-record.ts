/** The JSON text of a row with other values in some of its fields; all else stays as it is written. */

const TEXT = /"(?:[^"\\]|\\.)*"/sy
const PLAIN = /[^\s,\]}]+/y
const BLANK = /\s*/y

/** New values as JSON, by the dotted names of their fields. */
export type Changes = ReadonlyMap<string, string>

/** Where a match that begins at a place ends. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Where a value ends that is a text, a number, or in brackets. */
function valueEnd(text: string, at: number): number {
  const first = text[at]
  if (first === '"') return endOf(TEXT, text, at)
  if (first !== '{' && first !== '[') return endOf(PLAIN, text, at)
  let depth = 0
  for (let place = at; place < text.length; place++) {
    const one = text[place]
    if (one === '"') place = endOf(TEXT, text, place) - 1
    else if (one === '{' || one === '[') depth++
    else if ((one === '}' || one === ']') && --depth === 0) return place + 1
  }
  return text.length
}

const inside = (name: string, outer: string): boolean => name.startsWith(`${outer}.`)

/** Fields that a text does not have yet, those of structures within such. */
function added(changes: readonly (readonly [string, string])[], outer: string): string {
  const fields = new Map<string, [string, string][]>()
  for (const [name, value] of changes) {
    const [field] = (outer === '' ? name : name.slice(outer.length + 1)).split('.')
    fields.set(field, [...(fields.get(field) ?? []), [name, value]])
  }
  return [...fields]
    .map(([field, own]) => {
      const path = outer === '' ? field : `${outer}.${field}`
      const value = own.length === 1 && own[0][0] === path ? own[0][1] : `{${added(own, path)}}`
      return `${JSON.stringify(field)}:${value}`
    })
    .join(',')
}

/** Goes through the fields of the object that begins at a place. */
class Patch {
  readonly #text: string
  readonly #left: Map<string, string>
  /** What has been put together so far, and up to where it holds the text. */
  #done = ''
  #from = 0

  constructor(text: string, changes: Changes) {
    this.#text = text
    this.#left = new Map(changes)
  }

  whole(): string {
    this.#object(endOf(BLANK, this.#text, 0), '')
    return this.#done + this.#text.slice(this.#from)
  }

  #put(value: string, from: number, to: number): void {
    this.#done += this.#text.slice(this.#from, from) + value
    this.#from = to
  }

  #within(outer: string): [string, string][] {
    return [...this.#left].filter(([name]) => outer === '' || inside(name, outer))
  }

  /** Returns where the object ends. */
  #object(begin: number, outer: string): number {
    let at = endOf(BLANK, this.#text, begin + 1)
    let last = begin + 1
    let isEmpty = true
    while (this.#text[at] === '"') {
      const keyEnd = endOf(TEXT, this.#text, at)
      const key = JSON.parse(this.#text.slice(at, keyEnd)) as string
      const colon = endOf(BLANK, this.#text, keyEnd)
      const value = endOf(BLANK, this.#text, colon + 1)
      last = this.#value(value, outer === '' ? key : `${outer}.${key}`)
      isEmpty = false
      at = endOf(BLANK, this.#text, last)
      if (this.#text[at] !== ',') break
      at = endOf(BLANK, this.#text, at + 1)
    }
    const more = this.#within(outer)
    if (more.length > 0) this.#put(`${isEmpty ? '' : ','}${added(more, outer)}`, last, last)
    for (const [name] of more) this.#left.delete(name)
    return at + 1
  }

  /** Returns where the value ends. */
  #value(at: number, name: string): number {
    const own = this.#left.get(name)
    const end = valueEnd(this.#text, at)
    if (own !== undefined) {
      this.#put(own, at, end)
      this.#left.delete(name)
      return end
    }
    const within = this.#within(name)
    if (within.length === 0) return end
    if (this.#text[at] === '{') return this.#object(at, name)
    this.#put(`{${added(within, name)}}`, at, end)
    for (const [field] of within) this.#left.delete(field)
    return end
  }
}

/** The text of an object with these values in its fields: those that it lacks stand at its end. */
export const withFields = (record: string, changes: Changes): string =>
  changes.size === 0 ? record : new Patch(record, changes).whole()
