/** Zip archives: what is in them, and members unpacked piece by piece. */
import { Inflate } from 'fflate'
import { crc32 } from '../../base/crc32.ts'
import { fail } from '../../base/errors.ts'

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] <= 5 && bytes[3] === bytes[2] + 1

/** A file in an archive. */
export interface ZipMember {
  readonly name: string
  /** Bytes of it, unpacked. */
  readonly size: number
  readonly packedSize: number
  readonly crc: number
  readonly isDeflated: boolean
  /** Where its own header stands. */
  readonly at: number
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_LENGTH = 22
const LONGEST_COMMENT = 2 ** 16
/** Packed bytes that are unpacked at once: the fewest come to 1 MiB at most, the most go fastest. */
const PIECES = { fewest: 2 ** 10, most: 2 ** 16 }
/** Unpacked bytes at once from which on they are too many. */
const MANY = 2 ** 20

const torn = (what: string, cause?: unknown): never =>
  fail({
    code: 'zip/torn',
    seen: `a zip archive that cannot be read (${what.slice(0, 120)})`,
    wanted: 'a whole archive without a password, of less than 4 GiB',
    fix: 'copy or download the file again, or unpack it and name what is inside',
    cause,
  })

/** Runs `read`; reading beyond the bytes comes out as `zip/torn`. */
function orTornZip<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return torn('a part of it lies outside', error)
    throw error
  }
}

function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_LENGTH - LONGEST_COMMENT)
  for (let at = view.byteLength - END_LENGTH; at >= first; at--)
    if (view.getUint32(at, true) === END) return at
  return torn('no list of its members')
}

function memberAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
): { readonly member: ZipMember; readonly next: number } {
  if (view.getUint32(at, true) !== ENTRY) torn('a list of members broken off')
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  if (flags & 1) torn('a member behind a password')
  if (method !== 0 && method !== 8) torn(`a member packed by method ${method}`)
  const nameEnd = at + 46 + view.getUint16(at + 28, true)
  const extraEnd = nameEnd + view.getUint16(at + 30, true)
  const [size, packedSize, place] = wideNumbers(view, nameEnd, extraEnd, [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ])
  const member = {
    name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)),
    crc: view.getUint32(at + 16, true),
    ...{ packedSize, size, at: place },
    isDeflated: method === 8,
  }
  return { member, next: extraEnd + view.getUint16(at + 32, true) }
}

/** Stands for a number of more than 32 bits. */
const WIDE = 0xffffffff
const WIDE_FIELD = 1

/** Numbers of which those that are too large stand one after another in a field of their own. */
function wideNumbers(view: DataView, from: number, to: number, numbers: readonly number[]): number[] {
  let at = from
  while (at < to && view.getUint16(at, true) !== WIDE_FIELD) at += 4 + view.getUint16(at + 2, true)
  at += 4
  return numbers.map((number) => {
    if (number !== WIDE || at >= to) return number
    at += 8
    return Number(view.getBigUint64(at - 8, true))
  })
}

/** The files in an archive, without folders and what systems leave beside them. Error: `zip/torn`. */
export function zipMembers(bytes: Uint8Array): readonly ZipMember[] {
  return orTornZip(() => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const end = endOf(view)
    const count = view.getUint16(end + 10, true)
    const members: ZipMember[] = []
    for (let at = view.getUint32(end + 16, true); members.length < count; ) {
      const { member, next } = memberAt(bytes, view, at)
      members.push(member)
      at = next
    }
    return members.filter(({ name }) => !/\/$|^__MACOSX\/|(^|\/)\.[^/]*$|(^|\/)Thumbs\.db$/.test(name))
  })
}

/** A member's bytes in pieces; its length and checksum are verified at its end. Error: `zip/torn`. */
export function* unzipped(bytes: Uint8Array, member: ZipMember): Generator<Uint8Array> {
  let size = 0
  let crc = 0
  const packed = packedBytes(bytes, member)
  for (const piece of member.isDeflated ? inflated(packed) : [packed]) {
    size += piece.length
    if (size > member.size) torn(`"${member.name}" is longer than it should be`)
    crc = crc32(piece, crc)
    yield piece
  }
  if (size !== member.size || crc !== member.crc) torn(`"${member.name}" is not what its checksum says`)
}

function packedBytes(bytes: Uint8Array, { at, packedSize }: ZipMember): Uint8Array {
  return orTornZip(() => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (view.getUint32(at, true) !== LOCAL) torn('a member where none is')
    const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
    if (begin + packedSize > bytes.length) torn('a member broken off')
    return bytes.subarray(begin, begin + packedSize)
  })
}

/** What deflated bytes come to, in pieces. Error: `zip/torn`. */
export function* inflated(packed: Uint8Array): Generator<Uint8Array> {
  let ready: Uint8Array[] = []
  let piece = PIECES.fewest
  const inflate = new Inflate((bytes) => ready.push(bytes))
  for (let at = 0; at < packed.length; ) {
    const next = Math.min(packed.length, at + piece)
    try {
      inflate.push(packed.subarray(at, next), next === packed.length)
    } catch (error) {
      torn(error instanceof Error ? error.message : `${error}`, error)
    }
    const size = ready.reduce((sum, { length }) => sum + length, 0)
    piece = size > MANY ? PIECES.fewest : Math.min(PIECES.most, 2 * piece)
    at = next
    yield* ready
    ready = []
  }
}
