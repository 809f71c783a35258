import type { ExampleSet } from '../protocol.ts'

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** Size of the number that says how long the header is. */
const PREFIX = 8

/** The examples in what the server sends: safetensors with `data`, `rows` and maybe `labels` and `condition`. The page does not hold the library's own reader. */
export function examplesIn(bytes: ArrayBuffer): ExampleSet {
  const start = PREFIX + Number(new DataView(bytes).getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, PREFIX, start - PREFIX)))
  const { data, rows, labels, condition } = header as Readonly<Record<'data' | 'rows', Entry>> &
    Readonly<Partial<Record<'labels' | 'condition', Entry>>>
  const bytesOf = ({ data_offsets: [from, to] }: Entry) => bytes.slice(start + from, start + to)
  return {
    data: data.dtype === 'U8' ? new Uint8Array(bytesOf(data)) : new Float32Array(bytesOf(data)),
    shape: data.shape,
    rows: new Uint32Array(bytesOf(rows)),
    ...(labels ? { labels: new Int32Array(bytesOf(labels)) } : {}),
    ...(condition ? { condition: new Float32Array(bytesOf(condition)) } : {}),
  }
}
