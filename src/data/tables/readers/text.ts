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
    fix: 'name its encoding where it is a table (--encoding windows-1251, shift_jis, …), or save the file as UTF-8',
  })

/** How text with two bytes a character is written, by its first bytes: a mark, or every second byte is 0. */
function wideEncoding([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0 && d !== 0)) return 'utf-16be'
  return undefined
}

/** Whether these are the first bytes of UTF-16. */
export const isWideText = (opening: Uint8Array): boolean => wideEncoding(opening) !== undefined

/** The text of UTF-16 bytes, such as Excel's "Unicode text". Error: `text/utf-16`. */
async function* wideText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  place: () => string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const decoded = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch {
      return fail({
        code: 'text/utf-16',
        seen: `bytes that are no UTF-16 in ${place()}`,
        wanted: 'UTF-16 text, as the beginning of the file promises',
        fix: 'copy the file again, or save it as UTF-8',
      })
    }
  }
  for await (const piece of bytes) yield decoded(piece)
  yield decoded()
}

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

/** The bytes with the first of them looked at, which are handed out nevertheless. */
async function opened(
  pieces: AsyncGenerator<Uint8Array>,
): Promise<{ readonly opening: Uint8Array; all(): AsyncGenerator<Uint8Array> }> {
  const first = await pieces.next()
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (!first.done) yield first.value
      yield* pieces
    } finally {
      await pieces.return(undefined)
    }
  }
  return { opening: first.done ? new Uint8Array(0) : first.value, all }
}

/** What is known of how a text is encoded. */
export interface Decoding {
  /** As somebody says. */
  readonly encoding?: string
  /** Of one byte or more a character, where a text is not UTF-8; without it such a text is refused. */
  readonly guess?: string
  readonly onGuess?: (encoding: string) => void
}

/**
 * The text of UTF-8 or UTF-16 bytes, piece by piece; `place` says where what follows the text handed out so far stands.
 *
 * Errors: `text/utf-16`, `text/utf-8`, `text/encoding`.
 */
export async function* textOf(
  bytes: AsyncIterable<Uint8Array>,
  place: () => string,
  decoding: Decoding = {},
): AsyncGenerator<string> {
  const { opening, all } = await opened(piecesOf(bytes))
  if (decoding.encoding !== undefined && !/^utf-?8$/i.test(decoding.encoding))
    return yield* encodedText(all(), decoding.encoding)
  const wide = wideEncoding(opening)
  yield* wide ? wideText(all(), wide, place) : plainText(all(), place, decoding)
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding)
  } catch (cause) {
    return fail({
      code: 'text/encoding',
      seen: `the encoding ${JSON.stringify(encoding)}`,
      wanted:
        'one that browsers know, such as windows-1252, windows-1251, iso-8859-2, macintosh, shift_jis or gb18030',
      fix: 'name one of these, or save the file as UTF-8',
      usage: true,
      cause,
    })
  }
}

async function* encodedText(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = decoderOf(encoding)
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

/** Bytes that stand for no character in windows-1252: no text in it has one, and what is torn or packed soon does. */
const NO_CHARACTERS = [0x81, 0x8d, 0x8f, 0x90, 0x9d]
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32)

/** Whether bytes that are no UTF-8 may be text of another encoding. */
const mayBe = (bytes: Uint8Array, encoding: string): boolean => {
  const isWestern = new TextDecoder(encoding).encoding === 'windows-1252'
  return !bytes.some(isControl) && !(isWestern && bytes.some((byte) => NO_CHARACTERS.includes(byte)))
}

/** The text of UTF-8 bytes, or of another encoding where all before the first other byte is ASCII. Error: `text/utf-8`. */
async function* plainText(
  bytes: AsyncIterable<Uint8Array>,
  place: () => string,
  { guess, onGuess }: Decoding,
): AsyncGenerator<string> {
  let begun: Uint8Array | undefined
  let isAscii = true
  let guessed: TextDecoder | undefined
  for await (const piece of bytes) {
    if (guessed !== undefined) {
      yield guessed.decode(piece, { stream: true })
      continue
    }
    const all = begun?.length ? joinedBytes([begun, piece]) : piece
    const end = all.length - begunCharacter(all)
    begun = all.slice(end)
    const whole = all.subarray(0, end)
    let text: string
    try {
      text = decode(whole)
    } catch {
      const valid = validLength(whole)
      const before = decode(whole.subarray(0, valid))
      if (guess !== undefined && isAscii && before.length === valid && mayBe(whole.subarray(valid), guess)) {
        guessed = decoderOf(guess)
        onGuess?.(guessed.encoding)
        yield before + guessed.decode(all.subarray(valid), { stream: true })
        begun = undefined
        continue
      }
      yield before
      return refuseBytes(whole.subarray(valid), place())
    }
    isAscii &&= text.length === whole.length
    yield text
  }
  if (guessed !== undefined) yield guessed.decode()
  if (!begun?.length) return
  if (guess === undefined || !isAscii || begun.length > 1) refuseBytes(begun, place())
  else {
    onGuess?.(guess)
    yield decoderOf(guess).decode(begun)
  }
}
