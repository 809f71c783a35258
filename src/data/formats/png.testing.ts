/** Writes PNG files of every form that the standard has, for tests to read. */
import { deflateSync } from 'node:zlib'
import { crc32 } from '../../base/crc32.ts'

const bigEndian = (value: number): number[] =>
  [value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 0xff)

export function pngChunk(type: string, data: ArrayLike<number>): Uint8Array {
  const named = Uint8Array.from([...Buffer.from(type), ...Array.from(data)])
  return Uint8Array.from([...bigEndian(data.length), ...named, ...bigEndian(crc32(named))])
}

export interface PngForm {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colorType: number
  readonly isInterlaced?: boolean
  /** Filter of each line in turn. */
  readonly filters?: readonly number[]
  /** Chunks between header and samples. */
  readonly before?: readonly Uint8Array[]
}

export const samplesOfColor: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** A PNG file of these samples, row by row, in as many IDAT as `parts`. */
export function pngOf(samples: ArrayLike<number>, form: PngForm, parts = 1): Uint8Array {
  const { width, height, depth, colorType, isInterlaced = false, before = [] } = form
  const header = [...bigEndian(width), ...bigEndian(height), depth, colorType, 0, 0, isInterlaced ? 1 : 0]
  const packed = deflateSync(Uint8Array.from(isInterlaced ? passes(samples, form) : lines(samples, form)))
  const each = Math.ceil(packed.length / parts)
  const data = Array.from({ length: parts }, (_, i) =>
    pngChunk('IDAT', packed.subarray(i * each, (i + 1) * each)),
  )
  const chunks = [pngChunk('IHDR', header), ...before, ...data, pngChunk('IEND', [])]
  return Uint8Array.from([
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...chunks.flatMap((chunk) => [...chunk]),
  ])
}

/** The seven images of Adam7, each pixel in the first whose grid has it. */
function passes(samples: ArrayLike<number>, form: PngForm): number[] {
  const grids = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ]
  const each = samplesOfColor[form.colorType]
  return grids.flatMap(([x0, y0, dx, dy]) => {
    const rows: number[][] = []
    for (let y = y0; y < form.height; y += dy) {
      const row: number[] = []
      for (let x = x0; x < form.width; x += dx)
        for (let i = 0; i < each; i++) row.push(samples[(y * form.width + x) * each + i])
      rows.push(row)
    }
    const width = rows[0] ? rows[0].length / each : 0
    return width === 0 ? [] : lines(rows.flat(), { ...form, width, height: rows.length })
  })
}

function lines(samples: ArrayLike<number>, form: PngForm): number[] {
  const { width, height, depth, colorType, filters = [0] } = form
  const each = width * samplesOfColor[colorType]
  const step = Math.max(1, (samplesOfColor[colorType] * depth) >> 3)
  const out: number[] = []
  let above: number[] = []
  for (let row = 0; row < height; row++) {
    const line = packedLine(
      Array.from({ length: each }, (_, i) => samples[row * each + i]),
      depth,
    )
    const filter = filters[row % filters.length]
    out.push(filter, ...line.map((byte, i) => (byte - predicted(filter, line, above, i, step)) & 0xff))
    above = line
  }
  return out
}

/** Samples as bytes: two of each, one of each, or several in one. */
function packedLine(samples: readonly number[], depth: number): number[] {
  const bits = samples.map((sample) => sample.toString(2).padStart(depth, '0')).join('')
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2))
}

function predicted(
  filter: number,
  line: readonly number[],
  above: readonly number[],
  i: number,
  step: number,
): number {
  const [a, b, c] = [line[i - step] ?? 0, above[i] ?? 0, above[i - step] ?? 0]
  const nearest = [a, b, c].reduce((best, next) =>
    Math.abs(a + b - c - next) < Math.abs(a + b - c - best) ? next : best,
  )
  return [0, a, b, Math.floor((a + b) / 2), nearest][filter]
}
