import { constants, crc32, deflateRawSync } from 'node:zlib'

const { Z_DEFAULT_STRATEGY, Z_FILTERED } = constants

/** Bytes deflated as small as zlib can: which of its settings that takes depends on the bytes. */
export const deflated = (bytes: Uint8Array): Buffer =>
  [Z_DEFAULT_STRATEGY, Z_FILTERED]
    .flatMap((strategy) =>
      [6, 7, 8, 9].map((memLevel) => deflateRawSync(bytes, { level: 9, memLevel, strategy })),
    )
    .reduce((least, own) => (own.length < least.length ? own : least))

/** A zip of files by name, dated 1980 so that it is the same whenever it is written. */
export function zipped(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflated(bytes)
    // Version 2.0, no flags, deflate, midnight on 1 January 1980, checksum, sizes, length of the name, nothing more.
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(8, 4)
    about.writeUInt16LE(33, 8)
    about.writeUInt32LE(crc32(bytes), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(bytes.length, 18)
    about.writeUInt16LE(Buffer.byteLength(name), 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    const local = [Buffer.from('PK\x03\x04'), about, Buffer.from(name), packed]
    locals.push(...local)
    entries.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, Buffer.from(name))
    at += local.reduce((sum, { length }) => sum + length, 0)
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}
