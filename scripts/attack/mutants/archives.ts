/** Changes the structure of packed files: gzip, Zstandard, zip. */
import { deflateRawSync, gzipSync, inflateRawSync, zstdCompressSync } from 'node:zlib'
import { crc32 } from '../../../src/base/crc32.ts'
import { joined, little, oddNumber, pick, type Roll, rearranged } from './dish.ts'

/** A gzip member of any content, with any of the fields that a header may have. */
function gzipMember(content: Uint8Array, roll: Roll): Uint8Array {
  const packed = pick(roll, [deflateRawSync(content), deflateRawSync(content, { level: 0 })])
  const flags = roll(3) === 0 ? roll(256) : 0
  const size = roll(4) === 0 ? oddNumber(roll, content.length) : content.length
  const head = joined(0x1f, 0x8b, 8, flags, little(0, 4), 0, 3)
  const extra = flags & 4 ? joined(little(roll(3) === 0 ? oddNumber(roll) : 4, 2), 'xy', little(0, 2)) : ''
  const name = flags & 8 ? `${'n'.repeat(roll(300))}\0` : ''
  const comment = flags & 16 ? `${'c'.repeat(roll(300))}\0` : ''
  const check = flags & 2 ? little(crc32(joined(head, extra, name, comment)), 2) : ''
  return joined(head, extra, name, comment, check, packed, little(crc32(content), 4), little(size, 4))
}

export function oddGzip(content: Uint8Array, roll: Roll): Uint8Array {
  const half = roll(content.length + 1)
  const parts = roll(3) === 0 ? [content.subarray(0, half), content.subarray(half)] : [content]
  const members = parts.map((part) => (roll(3) === 0 ? gzipSync(part) : gzipMember(part, roll)))
  return joined(
    ...rearranged(members, roll, (member) =>
      roll(2) === 0 ? member : member.subarray(0, roll(member.length)),
    ),
  )
}

const ZSTD = little(0xfd2fb528, 4)

/** A frame that says what it is, with blocks that lie plainly or are one byte over and over. */
function zstdFrame(content: Uint8Array, roll: Roll): Uint8Array {
  const sizeFlag = roll(4)
  const isSingle = roll(2)
  const width = sizeFlag === 0 ? (isSingle ? 1 : 0) : ((2 ** sizeFlag) as 2 | 4 | 8)
  const size = roll(3) === 0 ? oddNumber(roll, content.length) : content.length - (sizeFlag === 1 ? 256 : 0)
  const window = isSingle ? '' : little(roll(256), 1)
  const block = (data: Uint8Array, kind: number, isLast: boolean, length = data.length) =>
    joined(little((length << 3) | (kind << 1) | Number(isLast), 4).subarray(0, 3), data)
  const blocks = rearranged([content.subarray(0, 50), content.subarray(50)], roll, (part) => part).map(
    (part, at, all) => {
      const isLast = at === all.length - 1 || roll(9) === 0
      if (roll(5) === 0) return block(part.subarray(0, 1), 1, isLast, roll(2 ** 21))
      return block(
        part,
        roll(12) === 0 ? 2 + roll(2) : 0,
        isLast,
        roll(6) === 0 ? roll(2 ** 21) : part.length,
      )
    },
  )
  const descriptor = (sizeFlag << 6) | (isSingle << 5) | (roll(20) === 0 ? roll(32) : 0)
  return joined(ZSTD, descriptor, window, width === 0 ? '' : little(size, width), ...blocks)
}

export function oddZstd(content: Uint8Array, roll: Roll): Uint8Array {
  const skipped = joined(
    little(0x184d2a50 + roll(16), 4),
    little(roll(3) === 0 ? oddNumber(roll) : 5, 4),
    'skip!',
  )
  const frames = [zstdCompressSync(content), zstdFrame(content, roll), skipped]
  return joined(...rearranged(frames, roll, () => pick(roll, frames)))
}

/** A file of an archive, and what the archive says of it. */
export interface Member {
  readonly name: string
  readonly content: Uint8Array
}

const FIELDS = ['flags', 'method', 'crc', 'packed', 'size', 'at', 'nameLength', 'extraLength'] as const

/** An archive whose checksums are those of what is in it; where `roll` is given, a field or two say something else. */
export function zipOf(members: readonly Member[], roll?: Roll): Uint8Array {
  const bodies: Uint8Array[] = []
  const entries: Uint8Array[] = []
  let at = 0
  for (const { name, content } of members) {
    const method = roll && roll(2) === 0 ? 0 : 8
    const data = method === 0 ? content : deflateRawSync(content)
    const fields = {
      flags: 0,
      method,
      crc: crc32(content),
      packed: data.length,
      size: content.length,
      at,
      nameLength: Buffer.byteLength(name),
      extraLength: 0,
    }
    const isOdd = roll !== undefined && roll(3) === 0
    const field = roll && pick(roll, FIELDS)
    const said = isOdd && field ? { ...fields, [field]: oddNumber(roll, fields[field]) } : fields
    const common = (one: typeof fields) =>
      joined(
        little(20, 2),
        little(one.flags, 2),
        little(one.method, 2),
        little(0, 4),
        little(one.crc, 4),
        little(one.packed, 4),
        little(one.size, 4),
        little(one.nameLength, 2),
        little(one.extraLength, 2),
      )
    // What is odd stands in the list, in the file's own header, or in both.
    const [inList, inHeader] = roll
      ? pick(roll, [
          [said, fields],
          [fields, said],
          [said, said],
        ])
      : [fields, fields]
    const body = joined(little(0x04034b50, 4), common(inHeader), name, data)
    bodies.push(body)
    entries.push(
      joined(
        little(0x02014b50, 4),
        little(20, 2),
        common(inList),
        little(0, 2),
        little(0, 2),
        little(0, 2),
        little(0, 4),
        little(inList.at, 4),
        name,
      ),
    )
    at += body.length
  }
  const list = joined(...entries)
  const oddOr = (value: number) => (roll && roll(12) === 0 ? oddNumber(roll, value) : value)
  return joined(
    ...bodies,
    list,
    little(0x06054b50, 4),
    little(0, 4),
    little(oddOr(members.length), 2),
    little(oddOr(members.length), 2),
    little(oddOr(list.length), 4),
    little(oddOr(at), 4),
    little(0, 2),
  )
}

const NAMES = [
  '',
  '../a.csv',
  '/etc/passwd',
  'a/b/c.csv',
  'x'.repeat(2000),
  '__proto__',
  '.hidden.csv',
  'a\0b.csv',
]

/** An archive in which members are left out, doubled, called otherwise, or hold what `inside` makes of them. */
export const oddZip = (
  members: readonly Member[],
  roll: Roll,
  inside: (content: Uint8Array, name: string) => Uint8Array,
): Uint8Array =>
  zipOf(
    rearranged(members, roll, ({ name, content }) => ({
      name: roll(6) === 0 ? pick(roll, NAMES) : name,
      content: inside(content, name),
    })),
    roll(2) === 0 ? roll : undefined,
  )

/** The members of a whole archive. */
export function membersOf(zip: Uint8Array): Member[] {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = bytes.lastIndexOf(little(0x06054b50, 4))
  const members: Member[] = []
  for (let at = bytes.readUInt32LE(end + 16); at < end; ) {
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const place = bytes.readUInt32LE(at + 42)
    const begin = place + 30 + bytes.readUInt16LE(place + 26) + bytes.readUInt16LE(place + 28)
    const data = bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20))
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    members.push({ name, content: bytes.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data) })
    at += 46 + nameLength + extra + comment
  }
  return members
}
