import { joinedBytes } from '../../../base/bytes.ts'
import { fail } from '../../../base/errors.ts'

/** Bytes that are decoded at once: more would only hold more memory. */
const AT_ONCE = 2 ** 16

const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)

/** Bytes at the end that begin a character of which more has to come. */
function begunCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]
    if ((byte & 0xc0) === 0x80) continue
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return wanted > back ? back : 0
  }
  return 0
}

/** How many of these bytes, from the first on, are UTF-8, where not all of them are. */
function validLength(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true })
      valid = middle
    } catch {
      invalid = middle
    }
  }
  return valid - begunCharacter(bytes.subarray(0, valid))
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')

const refuseBytes = (bytes: Uint8Array, place: string): never =>
  fail({
    code: 'text/utf-8',
    seen: `bytes that are no UTF-8 (${hex(bytes)}) in ${place}`,
    wanted: 'UTF-8 text',
    fix: 'save the file as UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8 if it came from an older spreadsheet',
  })

/** Two bytes for a character of ASCII: a byte-order mark, or every second byte is 0. */
function looksWide([a, b, c, d]: Uint8Array): boolean {
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true
  return (a === 0 && b !== 0 && c === 0 && d !== 0) || (a !== 0 && b === 0 && c !== 0 && d === 0)
}

const refuseWide = (): never =>
  fail({
    code: 'text/utf-16',
    seen: 'UTF-16 text (two bytes a character)',
    wanted: 'UTF-8 text',
    fix: 'save the file as UTF-8, for example with iconv -f UTF-16 -t UTF-8',
  })

/** The same bytes, the first four of them (of a longer text) in one piece, and no piece of more than `AT_ONCE`. */
async function* piecesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let opening: Uint8Array | undefined = new Uint8Array(0)
  for await (const piece of bytes) {
    const whole: Uint8Array = opening ? joinedBytes([opening, piece]) : piece
    if (opening && whole.length < 4) {
      opening = whole
      continue
    }
    opening = undefined
    for (let at = 0; at < whole.length; at += AT_ONCE) yield whole.subarray(at, at + AT_ONCE)
  }
  if (opening?.length) yield opening
}

/**
 * The text of UTF-8 bytes, piece by piece; `place` says where what follows the text handed out so far stands.
 *
 * Errors: `text/utf-16`, `text/utf-8`.
 */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, place: () => string): AsyncGenerator<string> {
  let begun: Uint8Array | undefined
  let opened = false
  for await (const piece of piecesOf(bytes)) {
    if (!opened && piece.length >= 4 && looksWide(piece)) refuseWide()
    opened = true
    const all = begun?.length ? joinedBytes([begun, piece]) : piece
    const end = all.length - begunCharacter(all)
    begun = all.slice(end)
    const whole = all.subarray(0, end)
    let text: string
    try {
      text = decode(whole)
    } catch {
      const valid = validLength(whole)
      yield decode(whole.subarray(0, valid))
      return refuseBytes(whole.subarray(valid), place())
    }
    yield text
  }
  if (begun?.length) refuseBytes(begun, place())
}
