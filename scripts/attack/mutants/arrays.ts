/** Changes the structure of files of arrays: .npy, IDX, safetensors. */
import { crc32, formatCrc32 } from '../../../src/base/crc32.ts'
import { big, joined, little, oddNumber, pick, type Roll } from './dish.ts'
import { jsonText, oddJson } from './texts.ts'

const DESCRS = [
  '<f4',
  '>f8',
  '|u1',
  '<i8',
  '<u8',
  '<f2',
  '|b1',
  '|O',
  '<U3',
  '|S9',
  '<c8',
  '<f16',
  '<M8[D]',
  '<U999999999',
  '|S0',
  '',
]

const oddExtents = (roll: Roll, now: readonly number[]): string => {
  const extents = now.map((extent) => (roll(2) === 0 ? extent : oddNumber(roll, extent)))
  const kind = roll(6)
  if (kind === 0) return extents.join(', ')
  if (kind === 1) return `${Array(roll(70)).fill(1)}`
  if (kind === 2) return ''
  return `${extents.join(', ')},`
}

/** An .npy file whose header says something else, with the length that it has. */
export function oddNpy(npy: Uint8Array, roll: Roll): Uint8Array {
  const start = 10 + (npy[8] | (npy[9] << 8))
  const text = Buffer.from(npy.subarray(10, start)).toString('latin1')
  const shape = (/\(([^)]*)\)/.exec(text)?.[1] ?? '').split(',').filter(Boolean).map(Number)
  let changed = text
  if (roll(2) === 0) changed = changed.replace(/\([^)]*\)/, `(${oddExtents(roll, shape)})`)
  if (roll(3) === 0) changed = changed.replace(/'descr': '[^']*'/, `'descr': '${pick(roll, DESCRS)}'`)
  if (roll(4) === 0) changed = changed.replace('False', pick(roll, ['True', 'None', '0']))
  if (roll(9) === 0) changed = changed.padEnd(pick(roll, [200, 70_000]))
  const length = roll(9) === 0 ? oddNumber(roll, changed.length) : changed.length
  const version = roll(5) === 0 ? pick(roll, [0, 2, 3, 4, 255]) : 1
  const data = roll(4) === 0 ? npy.subarray(start, start + roll(npy.length - start)) : npy.subarray(start)
  return joined(npy.subarray(0, 6), version, 0, little(length, version === 1 ? 2 : 4), changed, data)
}

const TYPES = [0, 8, 9, 0x0b, 0x0c, 0x0d, 0x0e, 255]

/** An IDX file of another type, or of other or more dimensions. */
export function oddIdx(idx: Uint8Array, roll: Roll): Uint8Array {
  const rank = idx[3]
  const bytes = Buffer.from(idx)
  const extents = Array.from({ length: rank }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis))
  const said = extents.map((extent) => (roll(2) === 0 ? extent : oddNumber(roll, extent)))
  if (roll(4) === 0) said.push(oddNumber(roll))
  if (roll(6) === 0) said.pop()
  const type = roll(3) === 0 ? pick(roll, TYPES) : idx[2]
  const dimensions = roll(6) === 0 ? roll(256) : said.length
  return joined(0, 0, type, dimensions, ...said.map((extent) => big(extent, 4)), idx.subarray(4 + 4 * rank))
}

/** A file of tensors whose header says something else, with the checksum that it has then. */
export function oddSafetensors(bytes: Uint8Array, roll: Roll): Uint8Array {
  const length = Number(Buffer.from(bytes).readBigUInt64LE(0))
  const header: Record<string, unknown> = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString())
  const { __metadata__: metadata, ...tensors } = header
  const changed = roll(2) === 0 ? tensors : oddJson(tensors, roll)
  const notes = (roll(2) === 0 ? oddNotes(metadata as Notes, roll) : metadata) as Notes
  const inner = typeof changed === 'object' && changed !== null && !Array.isArray(changed) ? changed : {}
  const text = jsonText({ __metadata__: { ...notes, crc32: '00000000' }, ...inner })
  // The checksum comes first, where the writer puts it.
  const first = text.replace(
    /^\{"__metadata__":\{(.*?),"crc32":"00000000"\}/s,
    '{"__metadata__":{"crc32":"00000000",$1}',
  )
  const head = Buffer.from(first)
  const data = bytes.subarray(8 + length)
  const whole = joined(
    little(roll(9) === 0 ? oddNumber(roll, head.length) : head.length, 8),
    head,
    roll(6) === 0 ? data.subarray(0, roll(data.length)) : data,
  )
  whole.set(Buffer.from(formatCrc32(crc32(whole))), 8 + '{"__metadata__":{"crc32":"'.length)
  return whole
}

type Notes = Record<string, string>

/** Each note is JSON itself. */
function oddNotes(notes: Notes, roll: Roll): Notes {
  const keys = Object.keys(notes).filter((key) => key !== 'crc32')
  const key = pick(roll, keys)
  try {
    return { ...notes, [key]: jsonText(oddJson(JSON.parse(notes[key]), roll)) }
  } catch {
    return { ...notes, [key]: jsonText(oddJson(notes[key], roll)) }
  }
}
