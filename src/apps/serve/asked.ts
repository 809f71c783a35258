/** What a request asks: its options, and how its body and its answer are written. */
import { type AskedOptions, type BodyForm, fail, firstIssue, type Operation } from '../../inside.node.ts'
import { mediaTypes } from './openapi.ts'

/** Media types that are read and written, and what other names they go by. */
const FORMS: ReadonlyMap<string, BodyForm> = new Map([
  [mediaTypes.json, 'json'],
  [mediaTypes.lines, 'lines'],
  ['application/x-ndjson', 'lines'],
  ['application/ndjson', 'lines'],
  ['application/x-jsonlines', 'lines'],
  [mediaTypes.arrow, 'arrow'],
  ['application/vnd.apache.arrow.file', 'arrow'],
])

const SHOWN = Object.values(mediaTypes).join(', ')

/** How a body is written. Error: `serve/media-type`. */
export function takenForm({ sent }: Operation, type: string | undefined): BodyForm {
  const name = (type ?? '').split(';', 1)[0].trim().toLowerCase()
  const form = FORMS.get(name)
  if (sent === 'nothing') return 'json'
  if (form !== undefined && !(form === 'arrow' && sent === 'codes')) return form
  return fail({
    code: 'serve/media-type',
    seen: name === '' ? 'a body without a Content-Type' : `a body of type ${name.slice(0, 60)}`,
    wanted: sent === 'codes' ? `${mediaTypes.json} or ${mediaTypes.lines}` : SHOWN,
    fix: `say what it is: Content-Type: ${mediaTypes.json}`,
    usage: true,
  })
}

/** How the answer is to be written; where nobody says, as the body. Error: `serve/accept`. */
export function givenForm(accept: string | undefined, taken: BodyForm): BodyForm {
  if (accept === undefined || accept === '*/*') return taken
  const names = accept.split(',').map((part) => part.split(';', 1)[0].trim().toLowerCase())
  for (const name of names) {
    const form = FORMS.get(name)
    if (form) return form
    if (name === '*/*' || name === 'application/*') return taken
  }
  return fail({
    code: 'serve/accept',
    seen: `Accept: ${accept.slice(0, 60)}`,
    wanted: SHOWN,
    fix: 'ask for one of those, or leave Accept out',
    usage: true,
  })
}

/** Queries that were read before: most requests have the same. */
const known = new Map<string, AskedOptions>()
const MOST_KNOWN = 200

/** The options in a query. Error: `serve/option`. */
export function optionsIn(operation: Operation, query: string): AskedOptions {
  const key = `${operation.name}?${query}`
  const found = known.get(key)
  if (found) return found
  const given = Object.fromEntries(new URLSearchParams(query))
  const read = operation.options.safeParse(given)
  if (!read.success) {
    const { at, wanted } = firstIssue(read.error)
    fail({
      code: 'serve/option',
      seen:
        at === ''
          ? `options ${Object.keys(given).join(', ').slice(0, 80)}`
          : `${at}=${given[at] ?? ''}`.slice(0, 80),
      wanted,
      fix: `give ${operation.name} what GET /openapi.json says that it takes`,
      usage: true,
    })
  }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, read.data as AskedOptions)
  return read.data as AskedOptions
}
