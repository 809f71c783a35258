import { deflateRawSync } from 'node:zlib'
import { type Zippable, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { crc32 } from '../../base/crc32.ts'
import { inflated, isZip, unzipped, zipMembers } from './zip.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const large = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251)

const contentOf = (archive: Uint8Array, name: string): Uint8Array => {
  const member = zipMembers(archive).find((one) => one.name === name)!
  return new Uint8Array(Buffer.concat([...unzipped(archive, member)]))
}

/** An archive of one stored member whose sizes and place, where they are wide, stand in a field of their own. */
function wideArchive(
  content: Uint8Array,
  wide: readonly ('size' | 'packed' | 'at')[],
  before: number[] = [],
): Uint8Array {
  const fields = { size: content.length, packed: content.length, at: 0 }
  const numbers = wide.map((name) => fields[name])
  const extra = new Uint8Array(before.length + 4 + 8 * numbers.length)
  extra.set(before)
  const field = new DataView(extra.buffer, before.length)
  field.setUint16(0, 1, true)
  field.setUint16(2, 8 * numbers.length, true)
  numbers.forEach((number, i) => {
    field.setBigUint64(4 + 8 * i, BigInt(number), true)
  })
  const told = (name: 'size' | 'packed' | 'at') => (wide.includes(name) ? 0xffffffff : fields[name])
  const local = 30 + 1
  const list = local + content.length
  const file = new Uint8Array(list + 46 + 1 + extra.length + 22)
  const view = new DataView(file.buffer)
  view.setUint32(0, 0x04034b50, true)
  view.setUint16(26, 1, true)
  file.set(bytesOf('a'), 30)
  file.set(content, local)
  view.setUint32(list, 0x02014b50, true)
  view.setUint32(list + 16, crc32(content), true)
  view.setUint32(list + 20, told('packed'), true)
  view.setUint32(list + 24, told('size'), true)
  view.setUint16(list + 28, 1, true)
  view.setUint16(list + 30, extra.length, true)
  view.setUint32(list + 42, told('at'), true)
  file.set(bytesOf('a'), list + 46)
  file.set(extra, list + 47)
  const end = file.length - 22
  view.setUint32(end, 0x06054b50, true)
  view.setUint16(end + 10, 1, true)
  view.setUint32(end + 16, list, true)
  return file
}

describe('an archive', () => {
  const files: Zippable = {
    'a.npy': bytesOf('first'),
    'folder/b.npy': [large, { level: 6 }],
    'c.npy': [large, { level: 0 }],
    'empty.npy': new Uint8Array(),
    'folder/': new Uint8Array(),
    '__MACOSX/a.npy': bytesOf('x'),
    '.hidden': bytesOf('x'),
    'folder/.DS_Store': bytesOf('x'),
    'folder/Thumbs.db': bytesOf('x'),
    'my.Thumbs.db': bytesOf('x'),
  }
  const archive = zipSync(files)

  test('has its members, without folders and what systems leave', () => {
    expect(zipMembers(archive).map(({ name }) => name)).toEqual([
      'a.npy',
      'folder/b.npy',
      'c.npy',
      'empty.npy',
      'my.Thumbs.db',
    ])
    const [, packed, stored] = zipMembers(archive)
    expect(packed).toMatchObject({ size: 200_000, isDeflated: true })
    expect(stored).toMatchObject({ size: 200_000, packedSize: 200_000, isDeflated: false, crc: crc32(large) })
  })

  test('gives them back, wherever it begins in its memory, and whatever comment ends it', () => {
    const shifted = new Uint8Array(archive.length + 9)
    shifted.set(archive, 9)
    const commented = new Uint8Array(archive.length + 65_535)
    commented.set(archive)
    for (const bytes of [archive, shifted.subarray(9), commented])
      for (const [name, content] of Object.entries({
        'a.npy': bytesOf('first'),
        'folder/b.npy': large,
        'c.npy': large,
      }))
        expect(Buffer.compare(contentOf(bytes, name), content), name).toBe(0)
    expect(contentOf(archive, 'empty.npy')).toHaveLength(0)
  })

  test.each([
    ['its list', 0x02014b50],
    ['the end of its list', 0x06054b50],
  ])('without %s is torn', (_, mark) => {
    const bad = archive.slice()
    const view = new DataView(bad.buffer)
    for (let at = 0; at + 4 <= bad.length; at++)
      if (view.getUint32(at, true) === mark) view.setUint32(at, 0, true)
    expect(() => zipMembers(bad)).toThrow(/\[zip\/torn\]/)
  })

  test('broken off is torn, and so is one of nothing', () => {
    expect(() => zipMembers(archive.slice(0, -1))).toThrow(/\[zip\/torn\]/)
    expect(() => zipMembers(archive.slice(archive.length / 2))).toThrow(/\[zip\/torn\]/)
    expect(() => zipMembers(new Uint8Array())).toThrow(/\[zip\/torn\]/)
  })
})

describe('members that cannot be read are refused', () => {
  const archive = zipSync({ a: [bytesOf('hello'), { level: 0 }] })
  const list = new DataView(archive.buffer).getUint32(archive.length - 6, true)
  const changed = (at: number, value: number): Uint8Array => {
    const bad = archive.slice()
    new DataView(bad.buffer).setUint16(at, value, true)
    return bad
  }

  test.each([
    ['a password', 8, 1, /behind a password/],
    ['another method', 10, 12, /method 12/],
  ])('%s', (_, at, value, words) => {
    expect(() => zipMembers(changed(list + at, value))).toThrow(words)
  })

  test.each([
    ['a checksum', list + 16, 7],
    ['a length too small', list + 24, 4],
    ['a length too great', list + 24, 6],
    ['no header of its own', 0, 0],
    ['an end beyond the file', list + 20, 60_000],
  ])('%s', (_, at, value) => {
    expect(() => contentOf(changed(at, value), 'a')).toThrow(/\[zip\/torn\]/)
  })

  test('bytes that do not unpack', () => {
    const packed = zipSync({ a: large })
    packed[60] ^= 0xff
    expect(() => contentOf(packed, 'a')).toThrow(/\[zip\/torn\]/)
  })
})

test.each([
  [['size']],
  [['packed']],
  [['at']],
  [['size', 'packed']],
  [['size', 'packed', 'at']],
  [['packed', 'at']],
] as const)('numbers of more than 32 bits stand in a field of their own: %j', (wide) => {
  const content = bytesOf('wide')
  for (const before of [[], [2, 0, 3, 0, 9, 9, 9]]) {
    const archive = wideArchive(content, wide, before)
    expect(zipMembers(archive)).toEqual([
      { name: 'a', size: 4, packedSize: 4, at: 0, crc: crc32(content), isDeflated: false },
    ])
    expect(contentOf(archive, 'a')).toEqual(content)
  }
})

test('a number that stands for one of more bits is itself where no field has that', () => {
  const archive = wideArchive(bytesOf('wide'), ['size'])
  const list = 31 + 4
  new DataView(archive.buffer).setUint16(list + 47, 2, true)
  expect(zipMembers(archive)[0]).toMatchObject({ size: 0xffffffff, packedSize: 4 })
})

test('archives begin with the mark of a member, of a list or of its end', () => {
  for (const two of [1, 3, 5]) expect(isZip(Uint8Array.of(0x50, 0x4b, two, two + 1))).toBe(true)
  for (const other of [
    [0x50, 0x4b, 3, 3],
    [0x50, 0x4a, 3, 4],
    [0x51, 0x4b, 3, 4],
    [0x50, 0x4b, 7, 8],
    [0x50, 0x4b, 3],
  ])
    expect(isZip(Uint8Array.from(other)), String(other)).toBe(false)
})

test('what systems leave beside files is known by its whole name', () => {
  const kept = [
    ...['__MACOSX', 'my__MACOSX/a', 'a/__MACOSX/b', 'a.b', 'a/b.', '.a/b', 'a/.b/c', 'Thumbs.db.npy'],
    ...['my Thumbs.db', 'Thumbs_db', 'a/Thumbs.dbx', 'é.npy'],
  ]
  const left = ['a/', 'a/b/', '__MACOSX/a', '__MACOSX/b/c', '.a', 'a/.b', '.', 'Thumbs.db', 'a/Thumbs.db']
  const archive = zipSync(Object.fromEntries([...kept, ...left].map((name) => [name, bytesOf(name)])))
  expect(zipMembers(archive).map(({ name }) => name)).toEqual(kept)
  for (const name of kept) expect(contentOf(archive, name)).toEqual(bytesOf(name))
})

test('comments and fields of their own stand between members', () => {
  const extra = { 30583: bytesOf('field') }
  const archive = zipSync({
    a: [bytesOf('first'), { comment: 'a comment', extra }],
    b: [bytesOf('second'), { extra, level: 0 }],
    c: bytesOf('third'),
  })
  expect(['a', 'b', 'c'].map((name) => contentOf(archive, name))).toEqual(
    ['first', 'second', 'third'].map(bytesOf),
  )
})

test('flags other than that of a password do not matter', () => {
  const archive = zipSync({ a: bytesOf('hello') })
  const list = new DataView(archive.buffer).getUint32(archive.length - 6, true)
  new DataView(archive.buffer).setUint16(list + 8, 0x080e, true)
  expect(contentOf(archive, 'a')).toEqual(bytesOf('hello'))
})

test('a member may end where its bytes do, and not later', () => {
  const archive = zipSync({ a: [bytesOf('hello'), { level: 0 }] })
  const [member] = zipMembers(archive)
  const end = 30 + 1 + 5
  expect([...unzipped(archive.subarray(0, end), member)]).toEqual([bytesOf('hello')])
  expect(() => [...unzipped(archive.subarray(0, end - 1), member)]).toThrow(/broken off.*\[zip\/torn\]/)
})

describe('deflated bytes', () => {
  const joined = (packed: Uint8Array) => Buffer.concat([...inflated(packed)])

  test('are unpacked in pieces: few where they are packed by little, small ones where by much', () => {
    let state = 1
    const noise = Uint8Array.from({ length: 2 ** 20 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state >>> 24
    })
    const pieces = [...inflated(deflateRawSync(noise))]
    expect(Buffer.compare(Buffer.concat(pieces), noise)).toBe(0)
    expect(pieces.length).toBeGreaterThan(10)
    expect(pieces.length).toBeLessThan(40)
    const even = [...inflated(deflateRawSync(new Uint8Array(2 ** 24), { level: 1 }))].map(
      ({ length }) => length,
    )
    expect(even.reduce((a, b) => a + b)).toBe(2 ** 24)
    expect(Math.max(...even)).toBeLessThan(2 ** 22)
  })

  test('that break off are torn, and nothing at all is nothing', () => {
    const packed = deflateRawSync(large)
    expect(Buffer.compare(joined(packed), large)).toBe(0)
    expect(() => joined(packed.subarray(0, -1))).toThrow(/\[zip\/torn\]/)
    expect(() => joined(packed.subarray(0, packed.length >> 1))).toThrow(/\[zip\/torn\]/)
    expect(joined(new Uint8Array())).toHaveLength(0)
  })
})
