/** Changes pages of databases: of SQLite, which has no checksums, and of DuckDB, whose are made to fit. */
import { big, little, oddNumber, pick, type Roll } from './dish.ts'

const SQLITE_HEAD = 100

/** A page's numbers: its kind, its cells and where they begin, pointers to them, and the first bytes of a cell. */
function oddPage(page: Buffer, head: number, roll: Roll): void {
  const cells = page.readUInt16BE(head + 3)
  const kind = roll(6)
  if (kind === 0) page[head] = pick(roll, [0, 2, 5, 10, 13, 255])
  else if (kind === 1)
    page.set(big(oddNumber(roll, page.readUInt16BE(head + 1 + 2 * roll(3))), 2), head + 1 + 2 * roll(3))
  else if (kind === 2 && head + 12 <= page.length) page.set(big(oddNumber(roll), 4), head + 8)
  else if (cells > 0 && cells < 400) {
    const pointer = head + (page[head] === 5 || page[head] === 2 ? 12 : 8) + 2 * roll(cells)
    if (kind === 3) page.set(big(oddNumber(roll, page.readUInt16BE(pointer)), 2), pointer)
    else {
      // Lengths and kinds of a cell's values, as many bytes as varints take.
      const cell = Math.min(page.readUInt16BE(pointer), page.length - 12)
      page[cell + roll(12)] = pick(roll, [0, 1, 7, 9, 12, 13, 0x7f, 0x80, 0xff])
    }
  }
}

export function oddSqlite(file: Uint8Array, roll: Roll): Uint8Array {
  const bytes = Buffer.from(file)
  const size = bytes.readUInt16BE(16)
  const count = Math.floor(bytes.length / size)
  const pageAt = (index: number) => bytes.subarray(index * size, (index + 1) * size)
  for (let times = 1 + roll(3); times > 0; times--) {
    const kind = roll(6)
    const index = roll(count)
    if (kind === 0) {
      const at = 16 + 4 * roll(20)
      bytes.set(big(oddNumber(roll, bytes.readUInt32BE(at)), 4), at)
    } else if (kind === 1) pageAt(index).set(Buffer.from(pageAt(roll(count))))
    else oddPage(pageAt(index), index === 0 ? SQLITE_HEAD : 0, roll)
  }
  return roll(8) === 0 ? bytes.subarray(0, size * roll(count + 1)) : bytes
}

/** DuckDB's checksum of a block: of each eight bytes a product, all of them together. */
function duckDbChecksum(block: Buffer): Uint8Array {
  let sum = 5381n
  for (let at = 0; at + 8 <= block.length; at += 8)
    sum ^= BigInt.asUintN(64, block.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n)
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt.asUintN(64, sum))
  return bytes
}

const HEADERS = 3
const HEADER = 4096

/** Where the parts of a DuckDB file lie that have a checksum each: three headers, then blocks of one size. */
function duckDbParts(bytes: Buffer): Buffer[] {
  // The second header's fifth number: what it says of the size of blocks.
  const block = Number(bytes.readBigUInt64LE(HEADER + 8 + 8 * 4))
  const heads = Array.from({ length: HEADERS }, (_, i) => bytes.subarray(i * HEADER, (i + 1) * HEADER))
  const blocks = Array.from({ length: Math.floor((bytes.length - HEADERS * HEADER) / block) }, (_, i) =>
    bytes.subarray(HEADERS * HEADER + i * block, HEADERS * HEADER + (i + 1) * block),
  )
  return [...heads, ...blocks]
}

export function oddDuckDb(file: Uint8Array, roll: Roll): Uint8Array {
  const bytes = Buffer.from(file)
  const parts = duckDbParts(bytes)
  for (let times = 1 + roll(3); times > 0; times--) {
    const part = pick(roll, parts)
    const used = Math.max(64, part.findLastIndex((byte) => byte !== 0) + 1)
    const width = pick(roll, [1, 1, 2, 4, 8] as const)
    const at = 8 + roll(Math.min(used, part.length - 16) - 8)
    if (roll(12) === 0) part.set(Buffer.from(pick(roll, parts).subarray(8, Math.min(HEADER, part.length))), 8)
    else
      part.set(
        width === 1 ? [roll(256)] : little(oddNumber(roll, part.readIntLE(at, Math.min(width, 6))), width),
        at,
      )
    part.set(duckDbChecksum(part.subarray(8)))
  }
  return bytes
}
